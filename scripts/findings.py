#!/usr/bin/env python3
"""How good the findings are: one table, from data that the caller has.

    findings.py --bleuprint target/release/bleuprint --articles fixtures/articles \\
        [--hallucination dev.csv] [--wmt wmt24] [--human wmt24/human]

- hallucination: a CSV with src, mt, ref and labels 0/1 (repetitions, omission, named-entities, full-unsupport),
  as Guerreiro et al. 2023 published it. Precision, recall and F1 of a check as a detector of its label, the
  best length-ratio threshold beside it, and a figure whose thresholds were chosen on other rows (5 folds).
- wmt: a folder with sources/PAIR.txt, references/PAIR.refX.txt, outputs/PAIR/SYSTEM.txt, documents/PAIR.docs. False
  alarms a thousand words of the human references, against each other and against their sources.
- human: ESA files (CSV, perhaps gzipped). How often a finding lands inside a span that people marked, and how often a
  span of the same length at a random place of the same output does.
- articles: folders with source.txt, reference.a.txt, reference.b.txt, machine.N.txt and faults.toml. Which kinds of
  faults are found, and false alarms on reference b against a.

Exits with 1 if a bar is missed. Only the standard library.
"""

import argparse
import collections
import csv
import glob
import gzip
import json
import math
import os
import random
import subprocess
import sys
import tempfile
import tomllib

BLEUPRINT = "bleuprint"
MISSED = []


def run(hyp, ref=None, src=None, docs=None, target=None, config=None, only=None):
    """The findings of texts (lists of lines), as bleuprint prints them."""
    with tempfile.TemporaryDirectory() as folder:
        def put(name, lines):
            path = os.path.join(folder, name)
            with open(path, "w", encoding="utf-8", newline="\n") as file:
                file.writelines(" ".join(line.splitlines()) + "\n" for line in lines)
            return path
        command = [BLEUPRINT, "check", put("hyp", hyp), "--format", "json"]
        if ref is not None:
            command += ["--ref", put("ref", ref)]
        if src is not None:
            command += ["--src", put("src", src)]
        if docs is not None:
            command += ["--docs", put("docs", docs)]
        if target:
            command += ["--target", target]
        if config:
            path = os.path.join(folder, "config.toml")
            with open(path, "w", encoding="utf-8") as file:
                file.write(config)
            command += ["--config", path]
        if only:
            command += ["--only", only]
        done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8")
        if done.returncode != 0:
            sys.exit(f"{' '.join(command)}: {done.stderr}")
        return [json.loads(line) for line in done.stdout.splitlines()]


def bar(name, value, limit, at_least=True):
    holds = value >= limit if at_least else value <= limit
    if not holds:
        MISSED.append(name)
    sign = ">=" if at_least else "<="
    return f"[{'holds' if holds else 'MISSED'}: {value:.3f} {sign} {limit:.3f}]"


def scores(found, truth):
    hits = len(found & truth)
    precision = hits / len(found) if found else 1.0
    recall = hits / len(truth) if truth else 1.0
    f1 = 2 * hits / (len(found) + len(truth)) if found or truth else 1.0
    return precision, recall, f1


def best_threshold(values, truth, rows):
    """The threshold on a value (less is worse) with the best F1 over some rows."""
    ordered = sorted(rows, key=lambda row: values[row])
    hits, best = 0, (0.0, -math.inf)
    positives = sum(row in truth for row in rows)
    for at, row in enumerate(ordered):
        hits += row in truth
        best = max(best, (2 * hits / (at + 1 + positives), values[row]))
    return best


def hallucination(path):
    with open(path, encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    src, mt, ref = ([row[name] for row in rows] for name in ("src", "mt", "ref"))
    label = lambda name: {at for at, row in enumerate(rows) if row[name] in ("1", "1.0")}
    # Rows have nothing to do with each other: each is a document.
    docs = [str(at) for at in range(len(rows))]
    findings = run(mt, ref, src, docs=docs, target="en")
    by_check = collections.defaultdict(set)
    for finding in findings:
        by_check[finding["check"]].add(finding["segment"])
    # A passage that is missing is a degree milder than a segment that is short.
    whole = {f["segment"] for f in findings if f["check"] == "omission" and f["severity"] != "minor"}
    print(f"\n## Labelled sentences: {len(rows)} rows\n")
    print(f"{'label':<16} {'check':<30} {'found':>6} {'true':>6} {'P':>6} {'R':>6} {'F1':>6}")
    def line(name, check, found):
        truth = label(name)
        p, r, f = scores(found, truth)
        print(f"{name:<16} {check:<30} {len(found):>6} {len(truth):>6} {p:>6.3f} {r:>6.3f} {f:>6.3f}")
        return p, r, f
    p, r, _ = line("repetitions", "repetition", by_check["repetition"])
    print(" ", bar("repetition precision", p, 0.95), bar("repetition recall", r, 0.6))
    _, _, f = line("omission", "omission (major)", whole)
    line("omission", "omission (all)", by_check["omission"])
    line("omission", "omission or truncation", whole | by_check["truncation"])
    truth = label("omission")
    ratio = [len(m.strip()) / max(len(s.strip()), 1) for m, s in zip(mt, src)]
    base, at = best_threshold(ratio, truth, range(len(rows)))
    print(f"  best threshold of the length ratio: F1 {base:.3f} at {at:.3f}", bar("omission F1", f, base + 0.05))
    line("named-entities", "name", by_check["name"])
    line("named-entities", "name or number", by_check["name"] | by_check["number"])
    line("full-unsupport", "unrelated", by_check["unrelated"])
    truth = label("full-unsupport") | label("strong-unsupport")
    p, r, f = scores(by_check["unrelated"], truth)
    print(f"{'either unsupport':<16} {'unrelated':<30} {len(by_check['unrelated']):>6} {len(truth):>6} {p:>6.3f} {r:>6.3f} {f:>6.3f}")
    cross_validate(rows, src, mt, ref, docs, ratio, label)


def cross_validate(rows, src, mt, ref, docs, ratio, label):
    """Thresholds chosen on four fifths, judged on the fifth."""
    fold = [random.Random(at).randrange(5) for at in range(len(rows))]
    def grid(check, settings, severe):
        answers = {}
        for text in settings:
            config = f"[checks.{check}]\n{text}\n"
            found = run(mt, ref, src, docs=docs, target="en", config=config, only=check)
            answers[text] = {f["segment"] for f in found if not severe or f["severity"] != "minor"}
        return answers
    def judge(name, answers):
        truth, found, chosen = label(name), set(), []
        for k in range(5):
            train = {at for at in range(len(rows)) if fold[at] != k}
            best = max(answers, key=lambda text: scores(answers[text] & train, truth & train)[2])
            chosen.append(best)
            found |= answers[best] - train
        p, r, f = scores(found, truth)
        print(f"{name:<16} {'thresholds of the other folds':<30} {len(found):>6} {len(truth):>6} {p:>6.3f} {r:>6.3f} {f:>6.3f}  {collections.Counter(chosen).most_common(2)}")
        return f
    print("cross-validated, 5 folds:")
    judge("repetitions", grid("repetition", [f"again = {a}\noscillation = {o}" for a in (4, 5, 6) for o in (2, 3, 4)], False))
    f = judge("omission", grid("omission", [f"shortness = {s / 100}" for s in range(45, 75, 3)], True))
    truth, found = label("omission"), set()
    for k in range(5):
        _, at = best_threshold(ratio, truth, [row for row in range(len(rows)) if fold[row] != k])
        found |= {row for row in range(len(rows)) if fold[row] == k and ratio[row] <= at}
    base = scores(found, truth)[2]
    print(f"  length ratio, cross-validated: F1 {base:.3f}", bar("omission F1, cross-validated", f, base + 0.05))


def lines_of(path):
    opener = gzip.open if path.endswith(".gz") else open
    with opener(path, "rt", encoding="utf-8", newline="\n") as file:
        return [line.rstrip("\n") for line in file]


def words(lines, pair):
    """Words between white space; for scripts without spaces, two characters a word."""
    if pair.endswith(("-ja", "-zh")):
        return sum(len("".join(line.split())) for line in lines) / 2
    return sum(len(line.split()) for line in lines)


def alarm_table(runs, verbose):
    """Prints false alarms a thousand words, by check and by run; returns the rate over all."""
    checks = collections.Counter()
    total, amount = 0, 0
    for name, count, findings, texts in runs:
        per = collections.Counter(f["check"] for f in findings)
        checks.update(per)
        total += len(findings)
        amount += count
        print(f"{name:<34} {count:>8.0f} {len(findings):>7} {1000 * len(findings) / count:>7.2f}  " + ", ".join(f"{c} {n}" for c, n in per.most_common(6)))
        for finding in findings if verbose else []:
            span = finding["hypothesis"]
            text = texts[finding["segment"]]
            piece = text[max(0, span["start"] - 40):span["end"] + 30] if span else text[:60]
            print(f"      {finding['check']}: {finding['message'][:110]} | {piece[:140]}")
    rate = 1000 * total / max(amount, 1)
    print(f"{'all':<34} {amount:>8.0f} {total:>7} {rate:>7.2f}")
    for check, n in checks.most_common():
        print(f"    {check:<30} {n:>15} {1000 * n / amount:>7.3f}")
    return rate


def false_alarms(folder, verbose):
    print("\n## False alarms on human references, per 1,000 words\n")
    print(f"{'run':<34} {'words':>8} {'alarms':>7} {'rate':>7}  by check")
    runs = []
    for path in sorted(glob.glob(os.path.join(folder, "references", "*.txt"))):
        pair, name = os.path.basename(path).removesuffix(".txt").rsplit(".", 1)
        target = pair.split("-")[1]
        texts = lines_of(path)[1:]
        docs_path = os.path.join(folder, "documents", f"{pair}.docs")
        docs = lines_of(docs_path)[1:] if os.path.exists(docs_path) else None
        source = lines_of(os.path.join(folder, "sources", f"{pair}.txt"))[1:]
        runs.append((f"{pair} {name} against source", words(texts, pair), run(texts, src=source, docs=docs, target=target), texts))
        for other in sorted(glob.glob(os.path.join(folder, "references", f"{pair}.*.txt"))):
            if other != path:
                reference = lines_of(other)[1:]
                rival = os.path.basename(other).removesuffix(".txt").rsplit(".", 1)[1]
                runs.append((f"{pair} {name} against {rival}", words(texts, pair), run(texts, ref=reference, docs=docs, target=target), texts))
                runs.append((f"{pair} {name} against {rival}, source", words(texts, pair), run(texts, ref=reference, src=source, docs=docs, target=target), texts))
    rate = alarm_table(runs, verbose)
    print(" ", bar("false alarms", rate, 2.0, at_least=False))


ISO = {"eng": "en", "ces": "cs", "deu": "de", "hin": "hi", "jpn": "ja", "rus": "ru", "zho": "zh", "spa": "es", "isl": "is", "ukr": "uk"}


def esa(folder, human):
    """Findings against the spans that people marked."""
    print("\n## Error spans of people (ESA)\n")
    marked = collections.defaultdict(list)
    skipped = collections.Counter()
    for path in sorted(glob.glob(os.path.join(human, "*.csv*"))):
        opener = gzip.open if path.endswith(".gz") else open
        with opener(path, "rt", encoding="utf-8", newline="") as file:
            for row in csv.reader(file):
                annotator, system, number, kind, source, target, _, document, _, spans = row[:10]
                pair = f"{ISO.get(source, source)}-{ISO.get(target, target)}"
                if kind != "TGT" or "tutorial" in document or "tutorial" in system:
                    skipped["tutorials and controls"] += 1
                    continue
                marked[pair, system].append((int(number), document, json.loads(spans)))
    per = collections.defaultdict(lambda: [0, 0, 0.0, 0])
    checked = collections.Counter()
    for (pair, system), items in sorted(marked.items()):
        path = os.path.join(folder, "outputs", pair, f"{system}.txt")
        if not os.path.exists(path):
            skipped["no such output"] += len(items)
            continue
        output, source = lines_of(path), lines_of(os.path.join(folder, "sources", f"{pair}.txt"))
        references = sorted(glob.glob(os.path.join(folder, "references", f"{pair}.*.txt")))
        documents = lines_of(os.path.join(folder, "documents", f"{pair}.docs"))
        reference = lines_of(references[0])
        items_of = collections.defaultdict(list)
        for number, document, spans in items:
            # The line must exist, and the spans must lie within it.
            fits = number < len(output) and all(s["start_i"] == "missing" or 0 <= s["start_i"] <= s["end_i"] <= len(output[number]) + 1 for s in spans)
            checked["fits" if fits else "does not fit"] += 1
            if fits:
                checked["document agrees" if document.split("#")[0] in documents[number] or documents[number].split("\t")[-1] in document else "document differs"] += 1
                items_of[number].append(spans)
        findings = run(output[1:], ref=reference[1:], src=source[1:], docs=documents[1:], target=pair.split("-")[1])
        for finding in findings:
            number = finding["segment"] + 1
            if number not in items_of:
                continue
            cover = [False] * (len(output[number]) + 1)
            missing = False
            for spans in items_of[number]:
                for span in spans:
                    if span["start_i"] == "missing":
                        missing = True
                        continue
                    for at in range(span["start_i"], min(span["end_i"] + 1, len(cover))):
                        cover[at] = True
            entry = per[finding["check"]]
            span = finding["hypothesis"]
            if span is None:
                continue
            entry[0] += 1
            entry[3] += missing or any(cover)
            start, end = span["start"], max(span["end"], span["start"] + 1)
            entry[1] += any(cover[start:end])
            # By chance: the same length at any place of this output.
            length = end - start
            places = max(len(output[number]) - length + 1, 1)
            running = sum(cover[:length])
            inside = running > 0
            for at in range(1, places):
                running += cover[min(at + length - 1, len(cover) - 1)] - cover[at - 1]
                inside += running > 0
            entry[2] += inside / places
    print("lines:", dict(checked), "left out:", dict(skipped))
    print(f"{'check':<22} {'with span':>9} {'inside a mark':>14} {'by chance':>10} {'lift':>6} {'segment marked':>15}")
    for check, (n, inside, chance, segment) in sorted(per.items(), key=lambda item: -item[1][0]):
        if n == 0:
            continue
        lift = f"{inside / chance:>6.2f}" if chance else "     -"
        print(f"{check:<22} {n:>9} {inside / n:>14.2f} {chance / n:>10.2f} {lift} {segment / n:>15.2f}")


# Why a kind is out of reach of checks of single lines.
REASONS = {
    "literal-idiom": "needs the meaning of the idiom: every word of it is right",
    "merged-sentences": "people merge sentences too: `bleuprint article` shows it as a bead 2-1",
    "split-sentence": "people split sentences too: `bleuprint article` shows it as a bead 1-2",
}
ANSWERS = {
    "number": {"number"},
    "name": {"name", "name-variant", "wrong-script"},
    "name-inconsistent": {"name", "name-variant", "wrong-script"},
    "untranslated": {"untranslated", "wrong-script"},
    "missing-passage": {"omission", "truncation", "number", "bracket", "end-punctuation"},
    "dropped-sentence": {"omission"},
    "added-passage": {"addition"},
    "swapped-sentences": {"sentence-order"},
    "joined-words": {"joined-words", "spacing"},
    "unclosed-quote": {"quote"},
    "stray-capital": {"stray-capital", "glued-heading"},
    "repetition": {"repetition"},
    "duplicated-sentence": {"duplicate-sentence", "repetition"},
    "glued-heading": {"glued-heading", "joined-words", "stray-capital"},
}


def articles(folder, verbose):
    print("\n## Faults planted in articles\n")
    kinds = collections.defaultdict(lambda: [0, 0, 0])
    runs, missed = [], collections.defaultdict(list)
    for path in sorted(glob.glob(os.path.join(folder, "*"))):
        name = os.path.basename(path)
        read = lambda file: lines_of(os.path.join(path, file))
        with open(os.path.join(path, "faults.toml"), "rb") as file:
            faults = tomllib.load(file)["fault"]
        pair = "-".join(name.split("-")[:2])
        target = pair.split("-")[1]
        source, a, b = read("source.txt"), read("reference.a.txt"), read("reference.b.txt")
        if len(a) == len(b) == len(source):
            runs.append((f"{name} b against a, source", words(b, pair), run(b, ref=a, src=source, target=target), b))
            runs.append((f"{name} a against source", words(a, pair), run(a, src=source, target=target), a))
        for machine in sorted({fault["file"] for fault in faults}):
            hypothesis = read(machine)
            findings = findings_of(path, machine, hypothesis, a, source, target)
            for fault in (f for f in faults if f["file"] == machine):
                entry = kinds[fault["kind"]]
                entry[0] += 1
                near = [f for f in findings if touches(f, fault, hypothesis)]
                right = any(f["check"] in ANSWERS.get(fault["kind"], ()) for f in near)
                entry[1] += right
                entry[2] += bool(near)
                if not right:
                    missed[fault["kind"]].append((name, machine, fault["line"], fault["text"][:50], fault["expected"][:50], [f["check"] for f in near]))
    print(f"{'kind':<20} {'faults':>7} {'found':>7} {'any finding there':>18}")
    for kind, (n, right, near) in sorted(kinds.items(), key=lambda item: -item[1][0]):
        print(f"{kind:<20} {n:>7} {right:>7} {near:>18}  {REASONS.get(kind, '')}")
        if right == 0 and kind not in REASONS:
            MISSED.append(f"faults of kind {kind}")
        for item in missed[kind] if verbose and kind not in REASONS else []:
            print("     missed:", *item)
    print("\nFalse alarms on the human versions of the same articles:")
    alarm_table(runs, verbose)


def findings_of(path, machine, hypothesis, reference, source, target):
    """Line by line where the lines are the reference's, else over the beads of the aligned articles."""
    if len(hypothesis) == len(reference) == len(source):
        return run(hypothesis, ref=reference, src=source, target=target)
    command = [BLEUPRINT, "article", os.path.join(path, machine), "--ref", os.path.join(path, "reference.a.txt"),
               "--target", target, "--format", "json"]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8")
    if done.returncode != 0:
        sys.exit(f"{' '.join(command)}: {done.stderr}")
    return [finding | {"whole": True} for finding in json.loads(done.stdout)["findings"]]


def touches(finding, fault, hypothesis):
    """The finding overlaps the fault, or stands beside it; a fault with no text is anywhere in its line."""
    whole = finding.get("whole", False)
    if not whole and finding["segment"] != fault["line"] - 1:
        return False
    # In the whole text a line break is one character.
    before = sum(len(line) + 1 for line in hypothesis[:fault["line"] - 1]) if whole else 0
    span = finding["hypothesis"]
    if span is None or fault["start"] == fault["end"] and not whole:
        return True
    near = 60 if fault["start"] == fault["end"] else 1
    return span["start"] <= before + fault["end"] + near and before + fault["start"] <= span["end"] + near


def main():
    global BLEUPRINT
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--bleuprint", default="bleuprint", help="the command")
    parser.add_argument("--hallucination", help="the CSV of labelled sentences")
    parser.add_argument("--wmt", help="the folder of test sets")
    parser.add_argument("--human", help="the folder of ESA files")
    parser.add_argument("--articles", help="the folder of articles with faults")
    parser.add_argument("--verbose", action="store_true", help="show each false alarm and each fault missed")
    args = parser.parse_args()
    BLEUPRINT = args.bleuprint
    if args.hallucination:
        hallucination(args.hallucination)
    if args.articles:
        articles(args.articles, args.verbose)
    if args.wmt:
        false_alarms(args.wmt, args.verbose)
    if args.wmt and args.human:
        esa(args.wmt, args.human)
    print("\nmissed:", ", ".join(MISSED) if MISSED else "nothing")
    sys.exit(1 if MISSED else 0)


if __name__ == "__main__":
    main()
