"""Cuts streams of words to the reference's lines with this library and with mweralign, on the same texts.

The two don't cut alike, so that what is compared first is how well: the share of characters that land in the right
line, and boundary F1 (scripts/disturb.py says how they are counted). Then processor time, in turn, medians and the median
of the ratios of the rounds; both are commands, so that their start is in it.
"""

import argparse
import resource
import statistics
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent / "scripts"))
import disturb  # noqa: E402


def fixtures(repeat):
    """Documents of each target language: hypotheses, references, and the line numbers of each document."""
    languages = {}
    for article in sorted((HERE.parent / "fixtures" / "articles").iterdir()):
        language = article.name.split("-")[1]
        hypotheses, references, docs = languages.setdefault(language, ([], [], []))
        reference = disturb.read(article / "reference.a.txt")
        for machine in ("machine.1.txt", "reference.b.txt"):
            hypothesis = disturb.read(article / machine)
            if len(hypothesis) == len(reference):
                for _ in range(repeat):
                    docs.append(list(range(len(hypotheses), len(hypotheses) + len(reference))))
                    hypotheses += hypothesis
                    references += reference
    return {language: texts for language, texts in languages.items() if texts[2]}


def commands(language, bleuprint):
    unit = "char" if language in ("ja", "zh") else "word"
    segmenter = "cj" if unit == "char" else "none"
    return {
        "bleuprint": lambda hyp, ref, ids: [bleuprint, "resegment", hyp, "--ref", ref, "--unit", unit, "--docs", ids],
        "mweralign": lambda hyp, ref, ids: ["mweralign", "-t", hyp, "-r", ref, "-d", ids, "-l", language, "-m", segmenter],
    }


def children():
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--bleuprint", default=str(HERE.parent / "target" / "release" / "bleuprint"))
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--repeat", type=int, default=5, help="how often each article is repeated")
    args = parser.parse_args()
    print("| language | placed, ours | mweralign | boundary F1, ours | mweralign | s, ours | mweralign | ratio |")
    print("|---|---:|---:|---:|---:|---:|---:|---:|")
    for language, (hypotheses, references, docs) in fixtures(args.repeat).items():
        glue = "" if language in ("ja", "zh") else " "
        good, times = {}, {"bleuprint": [], "mweralign": []}
        for _ in range(args.rounds):
            for name, command in commands(language, args.bleuprint).items():
                start = children()
                try:
                    answer = disturb.resegment(command, docs, hypotheses, references, glue)
                except subprocess.CalledProcessError as error:
                    sys.exit(f"{name}: {error.stderr.decode()[-300:]}")
                times[name].append(children() - start)
                right, found, wanted, placed, characters, _ = answer
                good[name] = (placed / max(1, characters), disturb.f1(right, found, wanted))
        ratio = statistics.median(b / a for a, b in zip(times["bleuprint"], times["mweralign"]))
        (placed, boundaries), (their_placed, their_boundaries) = good["bleuprint"], good["mweralign"]
        ours, theirs = (statistics.median(times[name]) for name in ("bleuprint", "mweralign"))
        print(
            f"| {language} | {placed:.4f} | {their_placed:.4f} | {boundaries:.4f} | {their_boundaries:.4f} "
            f"| {ours:.3f} | {theirs:.3f} | {ratio:.1f} |",
            flush=True,
        )


if __name__ == "__main__":
    main()
