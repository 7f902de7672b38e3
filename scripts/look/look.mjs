// Looks at reports as a reader does: makes them from the fixtures, opens them in Chromium, clicks, types, follows
// links, takes pictures, and asks axe-core whether everybody can read them. Any message on the console is a failure.
//
//     npm ci --prefix scripts/look && node scripts/look/look.mjs [--picture] [BLEUPRINT]
//
// BLEUPRINT is the command (target/release/bleuprint, else target/debug/bleuprint); CHROMIUM names the browser
// (Debian: apt-get install chromium). Pictures go to scripts/look/out, for a person to look
// at; with --picture that of the README is taken anew.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import puppeteer from 'puppeteer-core';

const here = dirname(fileURLToPath(import.meta.url)), top = join(here, '../..'), out = join(here, 'out');
const bleuprint = process.argv.slice(2).find(argument => !argument.startsWith('--')) ?? ['release', 'debug'].map(kind => join(top, 'target', kind, 'bleuprint')).find(existsSync);
const chromium = process.env.CHROMIUM ?? ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync);
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
mkdirSync(out, { recursive: true });

const make = (name, ...args) => {
  const path = join(out, name + '.html');
  execFileSync(bleuprint, [...args, '--report', path], { cwd: top, stdio: ['ignore', 'ignore', 'pipe'], maxBuffer: 1 << 28 });
  return path;
};
const article = name => ['1', '2', '3'].map(number => `fixtures/articles/${name}/machine.${number}.txt`);
const whole = name => make(name, 'article', ...article(name), '--ref', `fixtures/articles/${name}/reference.a.txt`);
const rail = name => `fixtures/articles/en-de-rail/${name}.txt`;

// Texts that would like to be markup.
const HOSTILE = ['<script>window.bad=1</script>', '</script><img src=x onerror="window.bad=1">', '<!--<script>', '"><svg onload=window.bad=1>',
  '\u202etxt.exe\u2066', 'a\u0000b', '</title><plaintext>', '{{ 7*7 }}', "' onfocus='window.bad=1' autofocus='"];
const hostile = () => {
  const [h, r] = ['<b onclick=bad()>&.txt', 'ref"\'<i>.txt'].map(name => join(out, name));
  writeFileSync(h, HOSTILE.map((text, at) => `${text} line ${at}`).join('\n') + '\n');
  writeFileSync(r, HOSTILE.map((text, at) => `line ${at} ${text}`).join('\n') + '\n');
  return [make('hostile-score', 'score', r, '-i', h, '-m', 'chrf'), make('hostile-article', 'article', h, '--ref', r)];
};
// As many segments as a large test set has.
const many = segments => {
  const words = 'the river had reached its highest level since then and around people left their homes for a night'.split(' ');
  const line = seed => Array.from({ length: 18 }, (_, at) => words[(seed * 7 + at * at * (seed % 5 + 1)) % words.length]).join(' ') + ` ${seed}.`;
  const paths = ['many.ref', 'many.a', 'many.b'].map(name => join(out, name));
  paths.forEach((path, shift) => writeFileSync(path, Array.from({ length: segments }, (_, at) => line(at * 3 + (at % 4 ? 0 : shift))).join('\n') + '\n'));
  return make('many', 'score', paths[0], '-i', paths[1], paths[2], '-m', 'chrf');
};

const browser = await puppeteer.launch({ executablePath: chromium, headless: true, args: ['--no-sandbox', '--disable-gpu'] });
const messages = [];
async function open(path, { width = 1440, height = 1000, theme = 'light', hash = '' } = {}) {
  const page = await browser.newPage();
  page.on('console', message => messages.push(`${path}: ${message.type()}: ${message.text()}`));
  page.on('pageerror', error => messages.push(`${path}: ${error.stack}`));
  page.on('request', request => { if (!request.url().startsWith('file:')) messages.push(`${path}: asked for ${request.url()}`); });
  await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: theme }]);
  await page.setViewport({ width, height });
  await page.goto('file://' + encodeURI(path).replace(/#/g, '%23') + hash);
  await settled(page);
  return page;
}
const settled = page => page.evaluate(() => new Promise(done => setTimeout(done, 250)));
const count = page => page.$eval('#count', element => element.textContent);
const rows = page => page.$$eval('.row', list => list.map(row => Number(row.id.slice(4))));
const focused = page => page.evaluate(() => document.activeElement.id);
const top_ = (page, id) => page.$eval('#' + id, element => element.getBoundingClientRect().top);

async function accessible(page, name) {
  // The checker brings its own script, which the page's policy would refuse: it is evaluated by the browser's protocol.
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }));
  const words = violations.map(({ id, help, nodes }) => `${id}: ${help}\n${nodes.slice(0, 3).map(node => '    ' + node.html + '\n    ' + node.failureSummary).join('\n')}`);
  assert.equal(violations.length, 0, `${name}\n${words.join('\n')}`);
}
async function picture(path, name, options, check = true) {
  const page = await open(path, options);
  await page.screenshot({ path: join(out, name + '.png') });
  if (check) await accessible(page, name);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  assert.ok(wide <= 0, `${name} is ${wide} pixels too wide`);
  await page.close();
}

async function test(name, run) {
  const started = performance.now();
  await run();
  assert.deepEqual(messages, [], name);
  console.log(`ok ${name} (${Math.round(performance.now() - started)} ms)`);
}

const paths = { he: whole('en-he-museum'), ar: whole('ar-en-election'), zh: whole('en-zh-chips'), ja: whole('en-ja-typhoon'), de: whole('en-de-rail') };
paths.src = make('src', 'article', article('de-en-flood')[2], '--ref', 'fixtures/articles/de-en-flood/reference.a.txt', '--src', 'fixtures/articles/de-en-flood/source.txt', '--target', 'en');
paths.folder = (() => {
  const [mt, ref] = ['mt', 'ref'].map(name => join(out, name));
  for (const folder of [mt, ref]) mkdirSync(folder, { recursive: true });
  for (const name of ['de-en-flood', 'ru-en-harbour']) {
    copyFileSync(join(top, article(name)[2]), join(mt, name + '.txt'));
    copyFileSync(join(top, `fixtures/articles/${name}/reference.a.txt`), join(ref, name + '.txt'));
  }
  return make('folder', 'article', mt, '--ref', ref);
})();
paths.score = make('score', 'score', rail('reference.a'), rail('reference.b'), '-i', rail('machine.1'), '-m', 'bleu', 'chrf', 'ter', '-ci');
paths.compare = make('compare', 'compare', rail('reference.a'), '-i', rail('machine.1'), rail('machine.2'), rail('reference.b'), '-m', 'bleu', 'chrf', 'ter', '--trials', '500');
paths.groups = (() => {
  const docs = join(out, 'docs');
  writeFileSync(docs, Array.from({ length: 14 }, (_, at) => at < 5 ? 'news\tfirst' : at < 10 ? 'news\tsecond' : 'speech\tthird').join('\n') + '\n');
  return make('groups', 'score', rail('reference.a'), '-i', rail('machine.1'), '-m', 'bleu', 'ter', '--docs', docs);
})();

for (const [name, path] of Object.entries(paths))
  for (const theme of ['light', 'dark'])
    for (const [width, height] of [[1440, 1000], [390, 844]])
      await test(`${name} in ${theme} at ${width}`, async () => {
        await picture(path, `${name}-${theme}-${width}`, { width, height, theme });
        await picture(path, `${name}-${theme}-${width}-text`, { width, height, theme, hash: '#row=3' });
      });

await test('filters and search', async () => {
  const page = await open(paths.de, { hash: '#view=2' });
  const all = (await rows(page)).length;
  assert.equal(await count(page), `${all} rows`);
  await page.select('#choose-show', 'missing');
  await settled(page);
  const missing = await rows(page);
  assert.ok(missing.length > 0 && missing.length < all);
  assert.equal(await count(page), `${missing.length} of ${all} rows`);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await settled(page);
  assert.equal(await count(page), `${all} rows`);
  await page.keyboard.press('/');
  await page.keyboard.type('viadukt');
  await settled(page);
  assert.ok((await rows(page)).length < all);
  assert.ok((await page.$$eval('mark', marks => marks.map(mark => mark.textContent.toLowerCase()))).every(text => text === 'viadukt'));
  await page.reload();
  await settled(page);
  assert.equal(await page.$eval('#choose-q', box => box.value), 'viadukt');
  await page.close();
});

await test('sorting, scores and systems of a corpus', async () => {
  const page = await open(paths.compare);
  assert.equal(await page.$eval('#choose-b', box => box.value), '1');
  await page.select('#choose-sort', 'low');
  await settled(page);
  const scores = await page.$$eval('.row .cell:first-child .score', list => list.map(score => Number(score.textContent.split(/\s+/)[1])));
  assert.deepEqual(scores, [...scores].sort((a, b) => a - b));
  await page.type('#choose-min', '20');
  await settled(page);
  assert.ok((await rows(page)).length < scores.length);
  await page.select('#choose-b', '-1');
  await settled(page);
  assert.equal(await page.$$eval('.row:first-child .cell', list => list.length), 2);
  const order = async () => page.$$eval('#scores table:first-of-type tbody tr', list => list.map(row => row.cells[0].textContent));
  const before = await order();
  await page.click('#scores th:first-child .sort');
  await page.click('#scores th:first-child .sort');
  assert.notDeepEqual(await order(), before);
  await page.close();
});

await test('beads by metric', async () => {
  const page = await open(paths.src);
  await page.select('#choose-metric', '2');
  await page.select('#choose-sort', 'high');
  await settled(page);
  const scores = await page.$$eval('.row .score', list => list.map(score => Number(/TER (\S+)/.exec(score.textContent)[1])));
  assert.ok(scores.length > 10);
  assert.deepEqual(scores, [...scores].sort((a, b) => b - a));
  await page.select('#choose-metric', '3');
  await page.type('#choose-min', '70');
  await settled(page);
  const alike = await page.$$eval('.gutter', list => list.map(gutter => parseInt(/(\d+) %/.exec(gutter.textContent)[1])));
  assert.ok(alike.length > 0 && alike.length < scores.length && alike.every(share => share >= 70), alike.join());
  await page.close();
});

await test('documents, domains and lengths', async () => {
  const page = await open(paths.groups);
  const all = (await rows(page)).length;
  const chosen = async (key, index) => {
    await page.select('#choose-' + key, index);
    await settled(page);
    return rows(page);
  };
  assert.deepEqual(await chosen('document', '1'), [5, 6, 7, 8, 9]);
  await page.reload();
  await settled(page);
  assert.deepEqual(await rows(page), [5, 6, 7, 8, 9]);
  const both = await chosen('length', '0');
  assert.ok(both.length < 5);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await settled(page);
  assert.equal((await rows(page)).length, all);
  assert.deepEqual(await chosen('domain', '1'), [10, 11, 12, 13]);
  await page.click('#scores a[href="#document=0"]');
  await settled(page);
  assert.deepEqual(await rows(page), [0, 1, 2, 3, 4]);
  await page.close();
});

await test('keyboard', async () => {
  const page = await open(paths.de);
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  assert.equal(await focused(page), 'row-1');
  await page.keyboard.press('k');
  assert.equal(await focused(page), 'row-0');
  await page.keyboard.press('n');
  await settled(page);
  assert.match(page.url(), /finding=1/);
  assert.ok(await page.$('#findings [aria-current]'));
  await page.keyboard.press('s');
  await settled(page);
  assert.match(page.url(), /view=1/);
  await page.keyboard.press('m');
  await settled(page);
  assert.match(page.url(), /marks=characters/);
  await page.keyboard.press('?');
  assert.ok(await page.$eval('#help', help => help.open));
  await accessible(page, 'help');
  await page.screenshot({ path: join(out, 'help.png') });
  await page.keyboard.press('Escape');
  assert.ok(!await page.$eval('#help', help => help.open));
  await page.keyboard.press('t');
  assert.equal(await page.$eval('html', html => html.dataset.theme), 'light');
  await page.close();
});

await test('deep links survive a reload, and lists lead to rows', async () => {
  const page = await open(paths.de, { hash: '#view=2&row=15' });
  for (let round = 0; round < 2; round++) {
    assert.equal(await focused(page), 'row-14');
    const at = await top_(page, 'row-14');
    assert.ok(at >= 0 && at < 500, `the row is at ${at}`);
    await page.reload();
    await settled(page);
  }
  await page.click('#findings li:nth-child(2) a');
  await settled(page);
  assert.match(page.url(), /finding=2/);
  await page.evaluate(() => scrollTo(0, 0));
  await page.click('.view:not([hidden]) .passages a');
  await settled(page);
  assert.match(page.url(), /row=\d+/);
  await page.click('.view:not([hidden]) .map a:nth-of-type(3)');
  await settled(page);
  assert.match(page.url(), /row=\d+/);
  await page.goBack();
  await settled(page);
  await page.close();
});

await test('copying', async () => {
  const page = await open(paths.de);
  await browser.defaultBrowserContext().overridePermissions('file://', ['clipboard-read', 'clipboard-write']).catch(() => {});
  await page.click('td .copy');
  await settled(page);
  assert.match(await page.$eval('#said', said => said.textContent), /^Copied: BLEU\|nrefs:1.* = \d+\.\d\d$/);
  await page.close();
});

await test('hostile texts and names do nothing', async () => {
  for (const path of hostile()) {
    const page = await open(path);
    assert.equal(await page.evaluate(() => window.bad), undefined);
    assert.equal(await page.$$eval('main img, main script, main iframe, main plaintext, [onclick], [onload], [onerror], [onfocus]', list => list.length), 0);
    const text = await page.$eval('#rows', rows => rows.textContent);
    for (const part of ['<script>window.bad=1</script>', '<!--<script>', '</title><plaintext>', '{{ 7*7 }}']) assert.ok(text.includes(part), part);
    assert.ok((await page.$$eval('.control', list => list.map(sign => sign.textContent))).includes('RLO'));
    await accessible(page, path);
    await page.close();
  }
});

await test('print', async () => {
  const page = await open(paths.de);
  const pdf = await page.pdf({ path: join(out, 'print.pdf'), format: 'A4' });
  assert.ok(pdf.length > 10000);
  await page.close();
});

await test('without a script', async () => {
  const page = await browser.newPage();
  await page.setJavaScriptEnabled(false);
  await page.setViewport({ width: 1440, height: 1000 });
  await page.goto('file://' + paths.de);
  const text = await page.$eval('main', main => main.innerText);
  assert.ok(text.includes('Scores') && text.includes('drawn by a script'));
  await page.screenshot({ path: join(out, 'no-script.png') });
  await page.close();
});

await test('a very long segment with very many findings', async () => {
  const [h, r] = ['big.h', 'big.r'].map(name => join(out, name));
  writeFileSync(h, 'ab cd 漢 '.repeat(60000) + '\nsecond line\n');
  writeFileSync(r, 'cd ab x '.repeat(60000) + '\nsecond one\n');
  const page = await open(make('big', 'score', r, '-i', h, '-m', 'chrf'));
  assert.equal(await count(page), '2 segments');
  assert.equal(await page.$$eval('.row', list => list.length), 2);
  // Laid out in one block these lines take a browser minutes: the test would run out of time.
  await page.click('.cell button.more');
  await settled(page);
  assert.equal(await page.$$eval('.cell:first-child', list => list[0].textContent.match(/ab cd/g).length), 60000);
  await page.close();
});

await test('a thousand systems', async () => {
  const lines = ['a small house stands here', 'the river rose again', 'nobody was hurt'], ref = join(out, 'thousand.ref');
  writeFileSync(ref, lines.join('\n') + '\n');
  const systems = Array.from({ length: 1000 }, (_, at) => join(out, `thousand.${at}`));
  systems.forEach((path, at) => writeFileSync(path, lines.map(line => line.split(' ').slice(at % 3).join(' ')).join('\n') + '\n'));
  const path = make('thousand', 'score', ref, '-i', ...systems, '-m', 'chrf');
  const started = performance.now();
  const page = await open(path);
  console.log(`   opened in ${Math.round(performance.now() - started)} ms`);
  await page.select('#choose-a', '999');
  await settled(page);
  assert.match(await page.$eval('.heads', heads => heads.textContent), /thousand\.999|999/);
  await page.screenshot({ path: join(out, 'thousand.png') });
  await page.close();
});

await test('20,000 segments', async () => {
  const path = many(20000), size = statSync(path).size;
  const started = performance.now();
  const page = await open(path, { hash: '' });
  const opened = performance.now() - started;
  assert.equal(await count(page), '20,000 segments');
  assert.ok((await rows(page)).length < 200, 'only rows that are near are drawn');
  await page.evaluate(() => { location.hash = '#row=19990'; });
  await settled(page);
  assert.equal(await focused(page), 'row-19989');
  const at = await top_(page, 'row-19989');
  assert.ok(at >= 0 && at < 1000, `the row is at ${at}`);
  assert.ok((await rows(page)).length < 400);
  for (let y = 0; y < 20; y++) await page.evaluate(() => scrollBy(0, -3000));
  await settled(page);
  assert.ok((await page.$$eval('.row', list => list.filter(row => { const box = row.getBoundingClientRect(); return box.bottom > 0 && box.top < innerHeight; }).length)) > 2);
  console.log(`   ${(size / 1e6).toFixed(1)} MB, opened in ${Math.round(opened)} ms`);
  assert.ok(size < 20e6);
  await page.close();
});

// The picture in the README.
if (process.argv.includes('--picture')) {
  const page = await open(paths.src, { width: 1200, height: 1040 });
  await page.screenshot({ path: join(top, 'docs/report.png') });
  await page.close();
}

await browser.close();
console.log(`Pictures to look at: ${out}`);
