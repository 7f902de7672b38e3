(() => {
'use strict';
const $ = (selector, within = document) => within.querySelector(selector);
const $$ = (selector, within = document) => [...within.querySelectorAll(selector)];
const data = JSON.parse($('#data').textContent);
const corpus = data.kind !== 'article';

// An element with attributes and children; texts are texts, never markup.
function make(tag, attributes = {}, ...children) {
  const svg = ['svg', 'rect'].includes(tag);
  const element = svg ? document.createElementNS('http://www.w3.org/2000/svg', tag) : document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === false || value === null || value === undefined) continue;
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? '' : value);
  }
  element.append(...children.filter(child => child !== null && child !== undefined && child !== ''));
  return element;
}

// ---------------------------------------------------------------- state: all of it stands in the address

const defaults = { view: 0, a: 0, b: -1, metric: 0, q: '', show: 'all', check: '', min: '', max: '', sort: '', marks: 'words', row: 0, finding: 0 };
for (const group of data.groups) defaults[group.key] = '';
// What leaves out rows, when nothing does.
const none = Object.fromEntries(['q', 'show', 'check', 'min', 'max', ...data.groups.map(group => group.key)].map(key => [key, defaults[key]]));
if (data.kind === 'compare' && data.systems.length > 1) { defaults.b = 1; defaults.sort = 'gap'; }
let state = { ...defaults };

function read(hash) {
  const next = { ...defaults };
  for (const [key, value] of new URLSearchParams(hash.replace(/^#/, '')))
    if (key in defaults) next[key] = typeof defaults[key] === 'number' ? Math.trunc(Number(value)) || 0 : value;
  const most = list => Math.max(0, list.length - 1);
  next.view = clamp(next.view, 0, most(data.views));
  next.a = clamp(next.a, 0, most(data.systems));
  next.b = clamp(next.b, -1, most(data.systems));
  next.metric = clamp(next.metric, 0, most(data.metrics));
  return next;
}
function address(changes) {
  const all = { ...state, ...changes }, out = new URLSearchParams();
  for (const key in defaults) if (String(all[key]) !== String(defaults[key])) out.set(key, all[key]);
  return '#' + out;
}
function set(changes) {
  state = read(address({ row: 0, finding: 0, ...changes }));
  history.replaceState(null, '', address({}));
  draw();
}
const clamp = (x, low, high) => Math.min(high, Math.max(low, x));

// ---------------------------------------------------------------- rows: one shape for articles and corpora

const names = index => shown(data.systems[index] ?? '');
const shown = text => text.replace(unsafe, c => '\u{fffd}');
const unsafe = /[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g;
const view = () => data.views[corpus ? 0 : state.view];
const two = () => corpus && state.b >= 0 && state.b !== state.a;
const decimals = value => Number(value).toFixed(data.decimals);

// All findings of what is looked at, in the order of rows.
let findings = [], byRow = new Map();
function gather() {
  const of = side => (corpus ? (data.findings[side] ?? []) : view().findings).map(finding => ({ ...finding, side }));
  findings = corpus ? of(state.a).concat(two() ? of(state.b) : []) : of(0);
  findings.sort((x, y) => x.row - y.row);
  byRow = new Map();
  findings.forEach((finding, at) => {
    finding.number = at + 1;
    if (!byRow.has(finding.row)) byRow.set(finding.row, []);
    byRow.get(finding.row).push(finding);
  });
}
const value = row => row.v[state.a]?.[state.metric] ?? null;
function gap(row) {
  const [a, b] = [row.v[state.a]?.[state.metric], row.v[state.b]?.[state.metric]];
  return a === undefined || b === undefined ? 0 : b - a;
}
function weight(row) {
  const of = system => row.i?.[system]?.[state.metric] ?? 0;
  return two() ? of(state.b) - of(state.a) : of(state.a);
}
const texts = row => corpus
  ? [row.s, ...row.r, row.h[state.a], two() ? row.h[state.b] : null].filter(text => typeof text === 'string')
  : [row.s, row.h, row.r].filter(text => typeof text === 'string');

const filters = {
  all: () => true,
  linked: row => row.h !== undefined && row.r !== undefined,
  missing: row => row.h === undefined,
  added: row => row.r === undefined,
  moved: row => row.m === 1,
  uneven: row => row.h !== undefined && row.r !== undefined && row.k !== '1-1',
  found: (row, at) => byRow.has(at),
  unequal: row => two() ? row.h[state.a] !== row.h[state.b] : !row.r.includes(row.h[state.a]),
  better: row => gap(row) * data.metrics[state.metric].sign > 0,
  worse: row => gap(row) * data.metrics[state.metric].sign < 0,
};
let order = [], place = new Map(), query = null;
function choose() {
  const rows = view().rows;
  const escaped = state.q.replace(/[.*+?^${}()|[\]\\\/]/g, '\\$&');
  query = state.q ? new RegExp(escaped, 'giu') : null;
  const test = query && new RegExp(escaped, 'iu');
  const keep = filters[state.show] ?? filters.all;
  const groups = data.groups.map((group, at) => [at, state[group.key]]).filter(([, group]) => group !== '').map(([at, group]) => [at, Number(group)]);
  const [low, high] = [state.min, state.max].map(text => text === '' ? null : Number(text));
  order = [];
  rows.forEach((row, at) => {
    const number = value(row);
    if (!keep(row, at)) return;
    if (state.check && !byRow.get(at)?.some(finding => data.checks[finding.check] === state.check)) return;
    if (groups.some(([at, group]) => row.o[at] !== group)) return;
    if (low !== null && !(number !== null && number >= low)) return;
    if (high !== null && !(number !== null && number <= high)) return;
    if (test && !texts(row).some(text => test.test(text))) return;
    order.push(at);
  });
  const last = row => value(row) ?? Infinity;
  const by = {
    low: (x, y) => last(rows[x]) - last(rows[y]),
    high: (x, y) => (value(rows[y]) ?? -Infinity) - (value(rows[x]) ?? -Infinity),
    long: (x, y) => texts(rows[y]).join('').length - texts(rows[x]).join('').length,
    found: (x, y) => (byRow.get(y)?.length ?? 0) - (byRow.get(x)?.length ?? 0),
    gap: (x, y) => Math.abs(gap(rows[y])) - Math.abs(gap(rows[x])),
    weight: (x, y) => Math.abs(weight(rows[y])) - Math.abs(weight(rows[x])),
  }[state.sort];
  if (by) order.sort((x, y) => by(x, y) || x - y);
  place = new Map(order.map((at, position) => [at, position]));
}

// ---------------------------------------------------------------- a text with its marks

const LONG = 20000, PART = 4000, MARKS = 20000;
const controls = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]/g;
const signs = { 0x202a: 'LRE', 0x202b: 'RLE', 0x202c: 'PDF', 0x202d: 'LRO', 0x202e: 'RLO', 0x2066: 'LRI', 0x2067: 'RLI', 0x2068: 'FSI', 0x2069: 'PDI', 0xfeff: 'BOM', 0: 'NUL', 13: 'CR' };

// A piece of text in which characters that are not seen, or that turn others round, are named (the first ten thousand).
function plain(text) {
  const parts = [];
  let from = 0;
  for (const found of text.matchAll(controls)) {
    const code = found[0].codePointAt(0);
    const name = signs[code] ?? 'U+' + code.toString(16).toUpperCase().padStart(4, '0');
    parts.push(text.slice(from, found.index), make('span', { class: 'control' }, name));
    from = found.index + 1;
    if (parts.length > 20000) break;
  }
  parts.push(text.slice(from).replace(controls, '\ufffd'));
  return parts.filter(part => part !== '');
}

// Offsets in code points as offsets in JavaScript's units.
function offsets(text) {
  if (!/[\ud800-\udfff]/.test(text)) return point => point;
  const starts = [];
  let at = 0;
  for (const c of text) { starts.push(at); at += c.length; }
  starts.push(at);
  return point => starts[Math.min(point, starts.length - 1)];
}

// Flat pairs of numbers as spans. (A text can have a hundred thousand: more than a call takes as arguments.)
function pairs(flat, take) {
  for (let i = 0; flat && i + 1 < flat.length; i += 2) take(flat[i], flat[i + 1], i / 2);
}

// side: 'ins' for what only the translation has, 'del' for what only the reference has.
function marked(text, side, differences, found, whole) {
  const at = offsets(text);
  const limit = whole ? text.length : Math.min(text.length, LONG);
  let layers = [];
  const [words, characters, moves] = differences ?? [];
  if (state.marks !== 'off') {
    const flat = state.marks === 'words' ? words : characters;
    pairs(flat, (start, end) => layers.push({ start: at(start), end: at(end), tag: side }));
    pairs(moves, (start, end, number) => layers.push({ start: at(start), end: at(end), tag: 'span', class: 'move', number: number + 1 }));
  }
  for (const finding of found)
    if (finding.span && !covers(finding.span, text)) layers.push({ start: at(finding.span[0]), end: at(finding.span[1]), tag: 'span', class: 'finding ' + finding.severity, id: finding.number });
  if (query) for (const hit of text.matchAll(query)) if (hit[0]) layers.push({ start: hit.index, end: hit.index + hit[0].length, tag: 'mark' });
  // With a hundred thousand marks more a page would not scroll.
  layers = layers.filter(layer => layer.start <= limit).sort((x, y) => x.start - y.start).slice(0, MARKS);
  const parts = cuts(text, limit);
  const edges = [...new Set([0, limit, ...parts, ...layers.flatMap(layer => [layer.start, layer.end])])].filter(edge => edge <= limit).sort((x, y) => x - y);
  const starting = new Map();
  for (const layer of layers) { if (!starting.has(layer.start)) starting.set(layer.start, []); starting.get(layer.start).push(layer); }
  const all = document.createDocumentFragment();
  let out = all, open = [];
  for (let i = 0; i + 1 < edges.length; i++) {
    const [from, to] = [edges[i], edges[i + 1]];
    if (parts.has(from)) all.append(out = make('div', { class: 'part' }));
    for (const layer of starting.get(from) ?? []) if (layer.end === from && layer.id) out.append(gapped(layer));
    open = open.filter(layer => layer.end > from).concat((starting.get(from) ?? []).filter(layer => layer.end > from));
    let nodes = plain(text.slice(from, to));
    for (const layer of [...open].reverse()) {
      const attributes = { class: layer.class, 'data-finding': layer.id };
      nodes = [make(layer.tag, attributes, ...nodes)];
      if (layer.number && layer.end === to) nodes.push(make('sup', { class: 'which', title: 'moved block ' + layer.number }, '⇄' + layer.number));
    }
    out.append(...nodes);
  }
  for (const layer of starting.get(limit) ?? []) if (layer.end === limit && layer.id) out.append(gapped(layer));
  return all;
}
// Where a long text is cut into parts, each a block that is laid out when it is seen: a browser takes minutes for the lines
// of half a million characters in one block.
function cuts(text, limit) {
  const all = new Set();
  if (limit <= PART) return all;
  for (let from = 0; from < limit;) {
    all.add(from);
    const space = Math.max(text.lastIndexOf(' ', from + PART), text.lastIndexOf('\n', from + PART));
    const to = space > from ? space + 1 : from + PART;
    from = /[\udc00-\udfff]/.test(text[to] ?? '') ? to + 1 : to;
  }
  return all;
}
// What is said of nearly all of a text needs no line under it.
const covers = ([start, end], text) => text.length > 20 && end - start > 0.7 * text.length;
// A place where something is missing.
const gapped = layer => make('span', { class: layer.class + ' gap', 'data-finding': layer.id }, '‸');

function cell(parts) {
  const { label, text, side, differences, found = [], score, kind = '', lang } = parts;
  const box = make('div', { class: 'cell ' + kind, dir: 'auto', lang: lang ?? '' });
  const fill = whole => {
    box.replaceChildren(make('span', { class: 'label', dir: 'ltr' }, label));
    if (text === undefined) box.append(make('span', { class: 'nothing', dir: 'ltr', lang: 'en' }, { ins: 'Nothing in the translation', del: 'Nothing in the reference', src: 'Nothing in the source' }[side]));
    else if (text === '') box.append(make('span', { class: 'nothing', dir: 'ltr', lang: 'en' }, 'Empty'));
    else box.append(marked(text, side, differences, found, whole));
    if (!whole && text && text.length > LONG)
      box.append(make('div', { dir: 'ltr', lang: 'en' }, make('button', { type: 'button', class: 'more', onclick: () => fill(true) }, `Show all ${text.length.toLocaleString('en')} characters`)));
    if (score) box.append(make('span', { class: 'score', dir: 'ltr', lang: 'en' }, score));
  };
  fill(false);
  return box;
}

// The language of a text by its script, as far as it matters for the shape of characters.
function language(sample) {
  if (/[\u3040-\u30ff]/.test(sample)) return 'ja';
  if (/[\uac00-\ud7af]/.test(sample)) return 'ko';
  if (/[\u4e00-\u9fff]/.test(sample)) return 'zh';
  if (/[\u0590-\u05ff]/.test(sample)) return 'he';
  if (/[\u0600-\u06ff]/.test(sample)) return 'ar';
  if (/[\u0900-\u097f]/.test(sample)) return 'hi';
  if (/[\u0e00-\u0e7f]/.test(sample)) return 'th';
  return null;
}
let langs = {};
function listen() {
  const rows = view().rows.slice(0, 50);
  const of = pick => data.lang ?? language(rows.map(pick).join('').slice(0, 4000));
  langs = {
    source: language(rows.map(row => row.s ?? '').join('').slice(0, 4000)),
    reference: of(row => (corpus ? row.r[0] : row.r) ?? ''),
    a: of(row => (corpus ? row.h[state.a] : row.h) ?? ''),
    b: of(row => (corpus ? row.h[state.b] : '') ?? ''),
  };
}

function spans(found, side, key) {
  return found.filter(finding => finding.side === side).map(finding => ({ ...finding, span: finding[key] }));
}
const scores = values => values.map((value, metric) => `${data.metrics[metric].name} ${value === null ? '–' : decimals(value)}`).join('  ');
function cells(row, at) {
  const found = byRow.get(at) ?? [];
  const out = [];
  if (row.s !== undefined) out.push(cell({ label: 'Source', text: row.s, side: 'src', kind: 'source', found: spans(found, 0, 's'), lang: langs.source }));
  if (!corpus) {
    out.push(cell({ label: 'Translation', text: row.h, side: 'ins', kind: row.r === undefined ? 'added' : '', differences: row.hd, found: spans(found, 0, 'h'), lang: langs.a, score: scores(row.v[0].slice(0, -1)) }));
    out.push(cell({ label: 'Reference', text: row.r, side: 'del', kind: row.h === undefined ? 'missing' : '', differences: row.rd, found: spans(found, 0, 'r'), lang: langs.reference }));
    return out;
  }
  const system = (index, lang) => cell({
    label: names(index), text: row.h[index], side: 'ins', differences: row.d[index]?.[0], found: spans(found, index, 'h'), lang,
    score: scores(row.v[index]),
  });
  out.push(system(state.a, langs.a));
  if (two()) out.push(system(state.b, langs.b));
  row.r.forEach((text, number) => out.push(cell({
    label: row.r.length > 1 ? `Reference ${number + 1}` : 'Reference', text, side: 'del', lang: langs.reference,
    differences: number === 0 && !two() ? row.d[state.a]?.[1] : null, found: number === 0 ? spans(found, state.a, 'r') : [],
  })));
  return out;
}
function heads() {
  const row = view().rows[0];
  if (!row) return [];
  const list = row.s === undefined && !view().rows.some(other => other.s !== undefined) ? [] : ['Source'];
  if (!corpus) return [...list, 'Translation', 'Reference'];
  list.push(names(state.a));
  if (two()) list.push(names(state.b));
  return [...list, ...row.r.map((_, number) => row.r.length > 1 ? `Reference ${number + 1}` : 'Reference')];
}

function severity(finding) {
  return make('span', { class: 'severity ' + finding.severity }, finding.severity);
}
const NOTES = 25;
function rowElement(at) {
  const row = view().rows[at], number = corpus ? value(row) : row.v[0].at(-1), found = byRow.get(at) ?? [];
  const gutter = make('div', { class: 'gutter' });
  gutter.append(make('a', { class: 'number-link', href: address({ row: at + 1, finding: 0 }), id: 'label-' + at, 'aria-label': `Row ${at + 1}` }, String(at + 1)));
  if (!corpus && number !== null) {
    gutter.append(meter(number / 100), make('div', { title: 'similarity by which the sentences were linked' }, `${Math.round(number)} %`));
  }
  if (!corpus) {
    const [ours, theirs] = [row.h !== undefined, row.r !== undefined];
    if (!theirs) gutter.append(make('div', { class: 'tag added' }, 'added'));
    else if (!ours) gutter.append(make('div', { class: 'tag missing' }, 'missing'));
    else if (row.k !== '1-1') gutter.append(make('div', { title: 'sentences of the translation and of the reference' }, row.k.replace('-', ' : ')));
    if (row.m) gutter.append(make('div', { class: 'tag moved' }, 'moved'));
  } else {
    if (two()) {
      const more = gap(row), sign = more > 0 ? '+' : more < 0 ? '−' : '±';
      gutter.append(make('div', { title: `${names(state.b)} less ${names(state.a)}` }, sign + decimals(Math.abs(more))));
    } else if (number !== null) gutter.append(meter(clamp(number / 100, 0, 1)), decimals(number));
    data.groups.forEach((group, at) => { if (group.key !== 'length') gutter.append(make('div', { class: 'group', dir: 'auto' }, shown(group.names[row.o[at]]))); });
  }
  const notes = found.length === 0 ? null : make('ul', { class: 'notes' }, ...found.slice(0, NOTES).map(finding => make('li', { 'data-note': finding.number }, severity(finding), ' ',
    corpus && two() ? names(finding.side) + ': ' : '', make('span', { dir: 'auto' }, data.checks[finding.check] + ' – ' + shown(finding.message)))));
  if (found.length > NOTES) notes.append(make('li', {}, `and ${(found.length - NOTES).toLocaleString('en')} more in the list of findings`));
  const columns = cells(row, at);
  return make('article', { class: 'row', id: 'row-' + at, tabindex: -1, 'aria-labelledby': 'label-' + at, 'aria-posinset': place.get(at) + 1, 'aria-setsize': order.length },
    gutter, make('div', { class: 'cells columns-' + Math.min(4, columns.length) }, ...columns), notes);
}
function meter(share) {
  return make('svg', { viewBox: '0 0 46 4', 'aria-hidden': true }, make('rect', { class: 'track', width: 46, height: 4, rx: 2 }), make('rect', { class: 'fill', width: (46 * share).toFixed(1), height: 4, rx: 2 }));
}

// ---------------------------------------------------------------- blocks of rows that are drawn when they come near

const BLOCK = 20, NEAR = 1500;
let blocks = [], near = null;
function fill(block) {
  if (block.full) return;
  block.full = true;
  block.element.style.height = '';
  block.element.append(...block.rows.map(rowElement));
}
function drop(block) {
  const { top, bottom } = block.element.getBoundingClientRect();
  const isNear = bottom > -NEAR && top < innerHeight + NEAR;
  if (!block.full || printing || isNear || block === blocks[0] || block.rows.includes(here)) return;
  block.element.style.height = block.element.offsetHeight + 'px';
  block.element.replaceChildren();
  block.full = false;
}
function drawRows() {
  near?.disconnect();
  const feed = $('#rows');
  feed.replaceChildren();
  blocks = [];
  const list = heads();
  $('.heads').replaceChildren(make('span'), make('div', { class: 'cells columns-' + Math.min(4, list.length) }, ...list.map(name => make('span', { dir: 'auto' }, name))));
  for (let from = 0; from < order.length; from += BLOCK) {
    const element = make('div'), rows = order.slice(from, from + BLOCK);
    element.style.height = rows.length * 110 + 'px';
    blocks.push({ element, rows, full: false });
  }
  feed.append(...blocks.map(block => block.element));
  if (order.length === 0) feed.append(make('p', { class: 'empty' }, view().rows.length === 0 ? 'There is no text.' : 'No row is like this. ', view().rows.length === 0 ? '' : make('button', { type: 'button', onclick: clear }, 'Clear filters')));
  near = new IntersectionObserver(entries => {
    for (const entry of entries) {
      const block = blocks[entry.target.dataset.block];
      if (block && entry.isIntersecting) fill(block);
      else if (block) drop(block);
    }
  }, { rootMargin: NEAR + 'px 0px' });
  blocks.forEach((block, at) => { block.element.dataset.block = at; near.observe(block.element); });
  if (blocks[0]) fill(blocks[0]);
}

let here = -1;
function go(at, focus = true) {
  if (!view().rows[at]) return;
  if (!place.has(at)) {
    state = read(address({ ...none, row: at + 1 }));
    redraw();
  }
  const position = place.get(at), block = blocks[Math.floor(position / BLOCK)];
  [Math.floor(position / BLOCK) - 1, Math.floor(position / BLOCK), Math.floor(position / BLOCK) + 1].forEach(near => blocks[near] && fill(blocks[near]));
  $$('.row.here').forEach(row => row.classList.remove('here'));
  const element = document.getElementById('row-' + at);
  element.classList.add('here');
  here = at;
  if (focus) element.focus({ preventScroll: true });
  const show = () => element.isConnected && element.scrollIntoView({ block: 'start' });
  show();
  requestAnimationFrame(() => { show(); setTimeout(show, 60); });
  return block;
}
function point(number) {
  $$('.finding.here').forEach(mark => mark.classList.remove('here'));
  $$(`[data-finding="${number}"]`).forEach(mark => mark.classList.add('here'));
  $$('#findings [aria-current]').forEach(link => link.removeAttribute('aria-current'));
  $(`#findings [data-number="${number}"]`)?.setAttribute('aria-current', 'true');
}

// ---------------------------------------------------------------- controls

function select(label, key, options) {
  const box = make('select', { id: 'choose-' + key, 'aria-label': label, onchange: event => set({ [key]: event.target.value }) });
  box.append(...options.map(([value, text]) => make('option', { value }, text)));
  return options.length < 2 ? '' : box;
}
function build() {
  const article = view => data.systems.length > 1 && data.articles.length > 1 ? `${names(view.system)}: ${shown(data.articles[view.article])}`
    : data.systems.length > 1 ? names(view.system) : shown(data.articles[view.article]);
  const show = corpus
    ? [['all', 'All segments'], ['unequal', data.systems.length > 1 ? 'Different texts' : 'Unlike the reference'], ...(data.systems.length > 1 ? [['better', 'Second is better'], ['worse', 'Second is worse']] : []), ['found', 'With findings']]
    : [['all', 'All rows'], ['linked', 'Linked'], ['missing', 'Missing'], ['added', 'Added'], ['moved', 'Moved'], ['uneven', 'Merged or split'], ['found', 'With findings']];
  const sort = [['', 'In order'], ['low', 'Lowest score first'], ['high', 'Highest score first'],
    ...(corpus && data.systems.length > 1 ? [['gap', 'Largest difference first']] : []), ...(data.influence ? [['weight', 'Most influence first']] : []),
    ['long', 'Longest first'], ['found', 'Most findings first']];
  const checks = [['', 'Every check'], ...data.checks.map(check => [check, check])];
  const systems = data.systems.map((_, at) => [at, names(at)]);
  const number = (key, label) => make('input', { type: 'number', id: 'choose-' + key, 'aria-label': label, placeholder: key, step: 'any', oninput: later(event => set({ [key]: event.target.value })) });
  $('.finder').append(...[
    corpus ? select('System', 'a', systems) : select('Translation', 'view', data.views.map((view, at) => [at, article(view)])),
    corpus && data.systems.length > 1 ? make('label', {}, 'with', select('Second system', 'b', [[-1, 'no other'], ...systems])) : '',
    select('Metric', 'metric', data.metrics.map((metric, at) => [at, metric.name])),
    make('input', { type: 'search', id: 'choose-q', placeholder: 'Search', 'aria-label': 'Search the text', 'aria-keyshortcuts': '/', oninput: later(event => set({ q: event.target.value })) }),
    select('Show', 'show', show),
    data.checks.length > 0 ? select('Check', 'check', checks) : '',
    ...data.groups.filter(group => group.names.length > 1).map(group => select(capital(group.key), group.key, [['', `Every ${group.key}`], ...group.names.map((name, at) => [at, shown(name)])])),
    make('label', {}, 'Score', number('min', 'At least'), '–', number('max', 'At most')),
    select('Order', 'sort', sort),
    select('Marks', 'marks', [['words', 'Mark words'], ['characters', 'Mark characters'], ['off', 'No marks']]),
    make('span', { class: 'status', role: 'status', id: 'count' }),
  ].filter(part => part !== ''));
}
const capital = text => text[0].toUpperCase() + text.slice(1);
function later(act) {
  let timer;
  return event => { clearTimeout(timer); timer = setTimeout(() => act(event), 120); };
}
function clear() {
  set(none);
}
function showState() {
  for (const key in defaults) {
    const box = document.getElementById('choose-' + key);
    if (box && box.value !== String(state[key]) && !(box === document.activeElement && box.tagName === 'INPUT')) box.value = state[key];
  }
  const all = view().rows.length, noun = corpus ? 'segments' : 'rows';
  $('#count').textContent = order.length === all ? `${all.toLocaleString('en')} ${all === 1 ? noun.slice(0, -1) : noun}` : `${order.length.toLocaleString('en')} of ${all.toLocaleString('en')} ${noun}`;
  $$('.view').forEach(section => { section.hidden = Number(section.dataset.view) !== state.view; });
}

const FEW = 200, MOST = 20000;
function drawFindings() {
  const list = $('#findings');
  $('.split').classList.toggle('alone', data.checks.length === 0);
  list.hidden = data.checks.length === 0;
  const counts = new Map();
  for (const finding of findings) counts.set(finding.check, (counts.get(finding.check) ?? 0) + 1);
  const chosen = findings.filter(finding => place.has(finding.row) && (!state.check || data.checks[finding.check] === state.check));
  const chips = [...counts].sort((x, y) => y[1] - x[1] || x[0] - y[0]).map(([check, count]) => make('button', {
    type: 'button', 'aria-pressed': String(data.checks[check] === state.check),
    onclick: () => set({ check: data.checks[check] === state.check ? '' : data.checks[check] }),
  }, `${data.checks[check]} ${count}`));
  const item = finding => make('li', {}, make('a', { href: address({ row: finding.row + 1, finding: finding.number }), 'data-number': finding.number },
    severity(finding), ' ', data.checks[finding.check], make('span', { class: 'where' }, ` · row ${finding.row + 1}`), make('br'), make('span', { dir: 'auto' }, shown(finding.message))));
  const items = make('ol', {}, ...chosen.slice(0, FEW).map(item));
  list.replaceChildren(make('h2', {}, 'Findings ', make('span', { class: 'count' }, chosen.length === findings.length ? String(findings.length) : `${chosen.length} of ${findings.length}`)),
    make('div', { class: 'chips', role: 'group', 'aria-label': 'Filter by check' }, ...chips), items);
  if (chosen.length > FEW) {
    const more = make('button', { type: 'button', class: 'more', onclick: () => { for (const finding of chosen.slice(FEW, MOST)) items.append(item(finding)); more.remove(); } }, `Show ${Math.min(chosen.length, MOST).toLocaleString('en')}`);
    list.append(more);
  }
  if (findings.length === 0) list.append(make('p', { class: 'note' }, 'The checks found nothing.'));
}
function redraw() {
  gather(); choose(); listen(); drawRows(); drawFindings(); showState();
}
function draw() {
  redraw();
  under();
  if (state.row > 0) go(state.row - 1, true);
  if (state.finding > 0) point(state.finding);
}
function under() {
  const bar = $('.finder');
  const sticky = getComputedStyle(bar).position === 'sticky';
  const set = (name, pixels) => document.documentElement.style.setProperty(name, pixels + 'px');
  set('--bar', sticky ? bar.offsetHeight : 0);
  set('--under', sticky ? bar.offsetHeight + $('.heads').offsetHeight : 8);
}

// ---------------------------------------------------------------- tables, copying, theme, keys, print

function sortable(table) {
  const rows = $$('tbody tr', table);
  if (rows.length < 2) return;
  $$('thead th', table).forEach((head, column) => {
    const button = make('button', { type: 'button', class: 'sort', onclick: () => {
      const down = head.getAttribute('aria-sort') === 'descending' ? 1 : -1;
      $$('th', head.parentElement).forEach(other => other.removeAttribute('aria-sort'));
      head.setAttribute('aria-sort', down < 0 ? 'descending' : 'ascending');
      const text = row => row.cells[column].firstChild?.textContent.trim() ?? '';
      const number = row => parseFloat(text(row).replace('−', '-').replace(/[^\d.eE+-]/g, ''));
      const compare = head.classList.contains('number')
        ? (x, y) => (Number.isNaN(number(x)) ? 1 : 0) - (Number.isNaN(number(y)) ? 1 : 0) || down * (number(x) - number(y)) || 0
        : (x, y) => -down * text(x).localeCompare(text(y), 'en');
      $('tbody', table).append(...[...rows].sort(compare));
    } }, head.textContent);
    head.replaceChildren(button);
  });
}
async function copy(button) {
  const text = button.dataset.copy;
  try { await navigator.clipboard.writeText(text); } catch {
    const box = make('textarea', { class: 'hidden' });
    box.value = text;
    document.body.append(box);
    box.select();
    document.execCommand('copy');
    box.remove();
    button.focus();
  }
  say('Copied: ' + text);
  if (button.classList.contains('small')) {
    button.textContent = 'Copied';
    setTimeout(() => { button.textContent = 'Copy'; }, 1500);
  }
}
const say = text => { $('#said').textContent = text; };

const themes = ['system', 'light', 'dark'];
let theme = 'system';
try { theme = localStorage.getItem('bleuprint-theme') ?? 'system'; } catch { /* a file may not remember */ }
function dress() {
  if (!themes.includes(theme)) theme = 'system';
  if (theme === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
  $('#theme span').textContent = theme;
}
function turn() {
  theme = themes[(themes.indexOf(theme) + 1) % themes.length];
  try { localStorage.setItem('bleuprint-theme', theme); } catch { /* likewise */ }
  dress();
}

let printing = false;
const PRINTED = 5000;
addEventListener('beforeprint', () => {
  printing = true;
  let left = PRINTED / BLOCK;
  for (const block of blocks) if (left-- > 0) fill(block);
});
addEventListener('afterprint', () => { printing = false; });

function step(by) {
  const position = here >= 0 && place.has(here) ? place.get(here) + by : by > 0 ? 0 : order.length - 1;
  if (order[position] !== undefined) jump({ row: order[position] + 1, finding: 0 });
}
function stepFinding(by) {
  const list = findings.filter(finding => place.has(finding.row) && (!state.check || data.checks[finding.check] === state.check));
  const now = list.findIndex(finding => finding.number === state.finding);
  const next = list[now < 0 ? (by > 0 ? 0 : list.length - 1) : now + by];
  if (next) jump({ row: next.row + 1, finding: next.number });
}
// To a row without drawing all anew.
function jump(changes) {
  state = read(address(changes));
  history.replaceState(null, '', address({}));
  if (state.row > 0) go(state.row - 1);
  if (state.finding > 0) point(state.finding);
}
function cycle(key, values) {
  const at = values.map(String).indexOf(String(state[key]));
  set({ [key]: values[(at + 1) % values.length] });
}
addEventListener('keydown', event => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const typing = /^(INPUT|SELECT|TEXTAREA)$/.test(document.activeElement?.tagName ?? '');
  if ($('#help').open) return;
  if (event.key === 'Escape') {
    if (typing) document.activeElement.blur(); else clear();
    return;
  }
  if (typing) return;
  const keys = {
    j: () => step(1), k: () => step(-1), n: () => stepFinding(1), p: () => stepFinding(-1), t: turn,
    '/': () => { $('#choose-q').focus(); $('#choose-q').select(); }, '?': () => $('#help').showModal(),
    s: () => corpus ? cycle('a', data.systems.map((_, at) => at)) : cycle('view', data.views.map((_, at) => at)),
    m: () => cycle('marks', ['words', 'characters', 'off']),
  };
  if (keys[event.key]) { event.preventDefault(); keys[event.key](); }
});
addEventListener('hashchange', () => {
  if (location.hash.length > 1 && !location.hash.includes('=')) return;
  const next = read(location.hash), same = { ...next, row: state.row, finding: state.finding };
  const jumps = Object.keys(defaults).every(key => String(same[key]) === String(state[key]));
  if (jumps) jump(next); else { state = next; draw(); }
});
addEventListener('resize', later(under));
addEventListener('click', event => {
  const button = event.target.closest?.('button.copy');
  if (button) copy(button);
  const link = event.target.closest?.('a[href^="#"]');
  // The same link once more is no change of the address, but still a wish.
  if (link && link.getAttribute('href') === location.hash && link.getAttribute('href').includes('row=')) jump(read(location.hash));
});

$('.legend').append(...[
  [make('ins', {}, 'words'), 'in the translation only'], [make('del', {}, 'words'), 'in the reference only'],
  [make('span', { class: 'move' }, 'words'), 'a block that stands elsewhere; the number says which'],
  [make('span', { class: 'finding major' }, 'words'), 'what a check found'],
].map(([sample, text]) => make('div', {}, make('dt', {}, sample), make('dd', {}, text))));
$$('#theme,#keys,button.small').forEach(button => { button.hidden = false; });
$('#theme').addEventListener('click', turn);
$('#keys').addEventListener('click', () => $('#help').showModal());
$('#text').hidden = data.views.length === 0;
dress();
$$('table').forEach(sortable);
if (data.views.length > 0) {
  build();
  state = read(location.hash);
  draw();
}
})();
