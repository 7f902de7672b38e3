#!/usr/bin/env python3
"""Disturbs documents and asks how well `bleuprint article` and `bleuprint resegment` put them right.

    scripts/disturb.py FOLDER [--seed N] [--systems K] [--bleuprint PATH] [--mweralign PATH]

FOLDER is laid out as the WMT general task publishes it: references/PAIR.refX.txt, outputs/PAIR/SYSTEM.txt and
documents/PAIR.docs (domain TAB document of each line), one segment a line.

Alignment: each document of a system's output is disturbed (lines merged, split at sentence ends, dropped, duplicated,
neighbours swapped, paragraphs moved, all lines joined) and aligned with the undisturbed reference. A link of
segments is right when both sides come from the same line; precision and recall are over the linked pairs of segments.
A duplicate may be linked or left alone: its line counts as linked when one of the copies is.

Resegmentation: the lines of each document are joined and cut again to the reference's lines. Boundary F1 asks for
boundaries at exactly the right character, placement for characters that land in the right line.
"""

import argparse
import json
import pathlib
import random
import re
import subprocess
import sys
import tempfile
import time

SENTENCE_END = re.compile(r"(?<=[.!?।])\s+(?=\S)|(?<=[。！？])(?=[^」』”）])")


def disturb(lines, rng, glue):
    """The text of a disturbed document and, for each of its characters, the line it comes from (or -1)."""
    parts = [[(line, number)] for number, line in enumerate(lines) if line.strip()]
    rate = 0.12
    kept = [part for part in parts if rng.random() >= rate / 2] or parts
    for at in range(len(kept) - 1, -1, -1):
        [(text, number)] = kept[at]
        ends = [match.span() for match in SENTENCE_END.finditer(text)]
        draw = rng.random()
        if draw < rate and ends:
            start, end = rng.choice(ends)
            kept[at : at + 1] = [[(text[:start], number)], [(text[end:], number)]]
        elif draw > 1 - rate / 3:
            kept.insert(min(len(kept), at + rng.randrange(1, 4)), [(text, number)])
    at = 0
    while at + 1 < len(kept):
        if rng.random() < rate / 2:
            kept[at], kept[at + 1] = kept[at + 1], kept[at]
            at += 1
        at += 1
    if len(kept) >= 6 and rng.random() < 0.3:
        a, b, c = sorted(rng.sample(range(len(kept) + 1), 3))
        kept = kept[:a] + kept[b:c] + kept[a:b] + kept[c:]
    at = 0
    while at + 1 < len(kept):
        if rng.random() < rate:
            kept[at] += kept.pop(at + 1)
        at += 1
    line_end = glue if rng.random() < 0.15 else "\n"
    text, origin = [], []
    for row, part in enumerate(kept):
        for place, (piece, number) in enumerate(part):
            between = "" if row == place == 0 else glue if place else line_end
            text += [between, piece]
            origin += [-1] * len(between) + [number] * len(piece)
    return "".join(text), origin


def plain(lines):
    text, origin = "", []
    for number, line in enumerate(lines):
        text += line + "\n"
        origin += [number] * len(line) + [-1]
    return text, origin


def segments_of(sentence, origin, sizes):
    """The lines that a sentence is of: those with a third of its characters, and those it has half of."""
    counts = {}
    for number in origin[sentence["start"] : sentence["end"]]:
        if number >= 0:
            counts[number] = counts.get(number, 0) + 1
    total = sum(counts.values())
    return {number for number, count in counts.items() if 3 * count >= total or 2 * count >= sizes[number]}


def linked_pairs(article, origins, sizes):
    pairs = set()
    for bead in article["beads"]:
        sides = []
        for side in ("hypothesis", "reference"):
            sentences = article[side]["sentences"]
            sides.append(set().union(*(segments_of(sentences[n], origins[side], sizes[side]) for n in bead[side])))
        pairs |= {(h, r) for h in sides[0] for r in sides[1]}
    return pairs


def sizes_of(origin):
    sizes = {}
    for number in origin:
        sizes[number] = sizes.get(number, 0) + 1
    return sizes


def documents(folder, pair):
    """The line numbers of each document, without the canary."""
    found = {}
    for number, row in enumerate(read(folder / "documents" / f"{pair}.docs")):
        domain, document = row.split("\t")[:2]
        if domain != "canary":
            found.setdefault(document, []).append(number)
    return list(found.values())


def read(path):
    return path.read_text(encoding="utf-8").removesuffix("\n").split("\n")


def f1(right, found, wanted):
    return 2 * right / max(1, found + wanted)


def align(args, docs, hypotheses, references, rng, glue):
    """(right, found, wanted, seconds, worst documents) over the documents of one system."""
    with tempfile.TemporaryDirectory() as temporary:
        folders = [pathlib.Path(temporary) / side for side in ("hypothesis", "reference")]
        origins = {}
        for folder in folders:
            folder.mkdir()
        for number, lines in enumerate(docs):
            name = f"{number:05}.txt"
            hypothesis, own = disturb([hypotheses[line] for line in lines], rng, glue)
            reference, other = plain([references[line] for line in lines])
            origins[name] = {"hypothesis": own, "reference": other}
            (folders[0] / name).write_text(hypothesis, encoding="utf-8")
            (folders[1] / name).write_text(reference, encoding="utf-8")
        start = time.perf_counter()
        command = [args.bleuprint, "article", folders[0], "--ref", folders[1], "--format", "json", "-m", "chrf"]
        output = subprocess.run(command, check=True, capture_output=True).stdout
        seconds = time.perf_counter() - start
        articles = json.loads(output)["systems"][0]["articles"]
        if args.keep:
            keep(args.keep, folders)
    right = found = wanted = 0
    worst = []
    for article in articles:
        origin = origins[pathlib.Path(article["name"]).name]
        sizes = {side: sizes_of(origin[side]) for side in origin}
        pairs = linked_pairs(article, origin, sizes)
        gold = {(n, n) for n in sizes["hypothesis"] if n >= 0 and n in sizes["reference"]}
        right += len(pairs & gold)
        found += len(pairs)
        wanted += len(gold)
        worst.append((len(pairs ^ gold), article["name"], sorted(pairs - gold), sorted(gold - pairs)))
    return right, found, wanted, seconds, sorted(worst, reverse=True)[: args.worst]


def keep(path, folders):
    import shutil

    shutil.rmtree(path, ignore_errors=True)
    shutil.copytree(folders[0].parent, path)


def cuts(lines):
    """Where the lines end, in characters that are no white space, and the characters."""
    ends, at = [], 0
    for line in lines:
        at += len("".join(line.split()))
        ends.append(at)
    return ends


def placed(own, gold):
    """Characters in the right line; both are lists of ends."""
    right = start_a = start_b = 0
    for a, b in zip(own, gold):
        right += max(0, min(a, b) - max(start_a, start_b))
        start_a, start_b = a, b
    return right


def resegment(command, docs, hypotheses, references, glue):
    """(boundaries right, found, wanted, characters right, all, seconds) of one system."""
    totals = [0] * 5
    seconds = 0.0
    with tempfile.TemporaryDirectory() as temporary:
        stream, reference, identifiers = (pathlib.Path(temporary) / name for name in ("hyp", "ref", "docs"))
        rows = [line for lines in docs for line in lines]
        names = [f"d{number}" for number, lines in enumerate(docs) for _ in lines]
        joined = [glue.join(hypotheses[line] for line in lines) for lines in docs]
        stream.write_text("".join(text + "\n" for text in joined), encoding="utf-8")
        reference.write_text("".join(references[line] + "\n" for line in rows), encoding="utf-8")
        identifiers.write_text("".join(name + "\n" for name in names), encoding="utf-8")
        start = time.perf_counter()
        done = subprocess.run(command(stream, reference, identifiers), check=True, capture_output=True)
        seconds = time.perf_counter() - start
    output = done.stdout.decode().removesuffix("\n").split("\n")
    at = 0
    for lines in docs:
        own, gold = cuts(output[at : at + len(lines)]), cuts([hypotheses[line] for line in lines])
        at += len(lines)
        inner = set(own[:-1]), set(gold[:-1])
        totals[0] += len(inner[0] & inner[1])
        totals[1] += len(inner[0])
        totals[2] += len(inner[1])
        totals[3] += placed(own, gold)
        totals[4] += gold[-1]
    return (*totals, seconds)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--systems", type=int, default=3, help="systems a language pair, drawn with the seed")
    parser.add_argument("--pairs", nargs="*", help="only these language pairs")
    parser.add_argument("--bleuprint", default="bleuprint")
    parser.add_argument("--mweralign", default="mweralign", help="the rival's command; '' for none")
    parser.add_argument("--only", choices=["align", "resegment"])
    parser.add_argument("--worst", type=int, default=0, help="name so many of the documents aligned worst")
    parser.add_argument("--keep", help="keep the last disturbed documents in this folder")
    args = parser.parse_args()
    print(f"seed {args.seed}")
    all_links = [0] * 4
    for path in sorted(args.folder.glob("references/*.refA.txt")):
        pair = path.name.split(".")[0]
        if args.pairs and pair not in args.pairs:
            continue
        rng = random.Random(f"{args.seed} {pair}")
        language = pair.split("-")[1]
        glue = "" if language in ("zh", "ja") else " "
        references, docs = read(path), documents(args.folder, pair)
        outputs = sorted((args.folder / "outputs" / pair).glob("*.txt"))
        for output in sorted(rng.sample(outputs, min(args.systems, len(outputs)))):
            hypotheses = read(output)
            if args.only != "resegment":
                right, found, wanted, seconds, worst = align(args, docs, hypotheses, references, rng, glue)
                all_links = [sum(both) for both in zip(all_links, (right, found, wanted, seconds))]
                print(
                    f"{pair} {output.stem:18} links P {right / max(1, found):.4f} R {right / max(1, wanted):.4f} "
                    f"F1 {f1(right, found, wanted):.4f} {seconds:.2f} s",
                    flush=True,
                )
                for row in worst:
                    print("   ", *row)
            if args.only != "align":
                resegment_both(args, pair, output.stem, docs, hypotheses, references, glue)
    if all_links[2]:
        print(f"all links F1 {f1(*all_links[:3]):.4f} {all_links[3]:.2f} s")


def resegment_both(args, pair, system, docs, hypotheses, references, glue):
    language = pair.split("-")[1]
    unit = "word" if glue else "char"
    commands = {
        "bleuprint": lambda hyp, ref, ids: [
            args.bleuprint, "resegment", hyp, "--ref", ref, "--unit", unit, "--docs", ids,
        ],
        "mweralign": lambda hyp, ref, ids: [
            args.mweralign, "-t", hyp, "-r", ref, "-d", ids, "-l", language, "-m", "none" if glue else "cj",
        ],
    }
    for name, command in commands.items():
        if name == "mweralign" and not args.mweralign:
            continue
        try:
            right, found, wanted, placed, characters, seconds = resegment(command, docs, hypotheses, references, glue)
        except subprocess.CalledProcessError as error:
            print(f"{pair} {system:18} {name} failed: {error.stderr.decode()[-300:]}", file=sys.stderr)
            continue
        print(
            f"{pair} {system:18} {name:9} boundary F1 {f1(right, found, wanted):.4f} "
            f"placed {placed / max(1, characters):.4f} {seconds:.2f} s",
            flush=True,
        )


if __name__ == "__main__":
    main()
