"""Pairs this library with its rivals: the answers are compared first, then both are timed in turn.

Each round runs one side and then the other on the same texts, and processor time counts, so that a busy machine
disturbs neither much; the table has the medians, and the median of the ratios of the rounds. One thread, one process a side.
"""

import argparse
import functools
import gc
import importlib.metadata
import json
import platform
import statistics
import subprocess
import time
from pathlib import Path

import jiwer
from rapidfuzz.distance import Levenshtein
from sacrebleu.metrics import BLEU, CHRF, TER

HERE = Path(__file__).parent


class Ours:
    """The Rust side, one process for all runs."""

    def __init__(self):
        binary = HERE / "target" / "release" / "rivals"
        self.child = subprocess.Popen([binary], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def ask(self, request):
        self.child.stdin.write(json.dumps(request) + "\n")
        self.child.stdin.flush()
        return json.loads(self.child.stdout.readline())

    def load(self, hypotheses, references):
        self.ask({"load": {"hypotheses": hypotheses, "references": references}})

    def run(self, name):
        """The answer, and the seconds of one pass, by as many passes as the system's clock needs."""
        repeat = 5
        while True:
            answer = self.ask({"run": name, "repeat": repeat})
            if answer["seconds"] * repeat > 0.05:
                return answer["answer"], answer["seconds"]
            repeat *= 4


def fixtures():
    """Articles in Latin script, repeated."""
    hypotheses, references = [], []
    for article in sorted((HERE.parent / "fixtures" / "articles").iterdir()):
        if article.name in ("en-de-rail", "de-en-flood", "ru-en-harbour", "hi-en-monsoon"):
            hypotheses += (article / "machine.1.txt").read_text(encoding="utf-8").splitlines()
            references += (article / "reference.a.txt").read_text(encoding="utf-8").splitlines()
    return hypotheses * 20, references * 20


def forget():
    """Empties the caches of sacreBLEU and cer: a round would find what the round before left there."""
    for thing in gc.get_objects():
        if type(thing) is functools._lru_cache_wrapper and thing.__module__.startswith(("sacrebleu", "cer.")):
            thing.cache_clear()


def timed(function):
    forget()
    start = time.process_time()
    answer = function()
    return answer, time.process_time() - start


def python_rivals(hypotheses, references):
    """Name, our name, rival, what it answers, how far apart answers may be and why."""
    import bleuscore
    import fastchrf

    pairs = list(zip(hypotheses, references))
    corpus = lambda metric: lambda: metric.corpus_score(hypotheses, [references]).score  # noqa: E731
    some, others = hypotheses[:128], references[:128]
    words = [(a.split(), b.split()) for a, b in pairs]

    def fast_matrix():
        matrix = fastchrf.pairwise_chrf([some], [others])[0]
        return sum(sum(row) / len(row) for row in matrix)

    def bleuscore_corpus():
        return 100 * bleuscore.compute([[reference] for reference in references], hypotheses, 4, False)["bleu"]

    return [
        ("BLEU, corpus", "bleu", "sacrebleu", corpus(BLEU()), 1e-9, "the sum of logarithms before CPython 3.12"),
        ("BLEU, corpus", "bleu", "bleuscore", bleuscore_corpus, 1e-6, "32-bit sums"),
        ("chrF2, corpus", "chrf", "sacrebleu", corpus(CHRF()), 0, ""),
        ("chrF2++, corpus", "chrf++", "sacrebleu", corpus(CHRF(word_order=2)), 0, ""),
        ("TER, corpus", "ter", "sacrebleu", corpus(TER()), 0, ""),
        ("chrF2, 128 x 128 pairs", "matrix", "fastchrf", fast_matrix, 1e-3, "32-bit floats"),
        (
            "Levenshtein, characters",
            "characters",
            "rapidfuzz (Python, C++ core)",
            lambda: sum(Levenshtein.distance(a, b) for a, b in pairs),
            0,
            "",
        ),
        (
            "Levenshtein, words",
            "words",
            "rapidfuzz (Python, C++ core; words split before)",
            lambda: sum(Levenshtein.distance(a, b) for a, b in words),
            0,
            "",
        ),
        (
            "Levenshtein, words",
            "words",
            "jiwer",
            lambda: sum(
                getattr(out, "substitutions") + out.deletions + out.insertions
                for out in [jiwer.process_words(references, hypotheses)]
            ),
            0,
            "",
        ),
    ]


def lexical_rivals(hypotheses, references):
    """Distances by RapidFuzz, error rates by jiwer, and what NLTK and rouge-score have."""
    import cer
    from charcut import calculate_charcut
    from nltk.translate import gleu_score, meteor_score, nist_score, ribes_score
    from rapidfuzz import distance as fuzz
    from rouge_score.rouge_scorer import RougeScorer

    class NoSynonyms:
        def synsets(self, _):
            return []

    ours, theirs = ([text.split() for text in side] for side in (hypotheses, references))
    single = [[tokens] for tokens in theirs]
    pairs = list(zip(hypotheses, references))
    distance = lambda kind: lambda: sum(kind.distance(a, b) for a, b in pairs)  # noqa: E731
    words, characters = jiwer.process_words, jiwer.process_characters

    def meteor():
        scores = [meteor_score.meteor_score(r, h, wordnet=NoSynonyms()) for r, h in zip(single, ours)]
        return 100 * sum(scores) / len(scores)

    def rouge(kind):
        scorer = RougeScorer([kind])
        return lambda: 100 * sum(scorer.score(b, a)[kind].fmeasure for a, b in pairs) / len(pairs)

    charcut = lambda: 100 * calculate_charcut(hypotheses, references)[0]  # noqa: E731
    character = lambda: 100 * cer.calculate_cer_corpus(ours, theirs)["mean"]  # noqa: E731
    fuzzy = [("Levenshtein", "levenshtein"), ("Indel", "indel"), ("LCSseq", "lcs"), ("OSA", "osa")]
    fuzzy += [("DamerauLevenshtein", "damerau"), ("Hamming", "hamming"), ("JaroWinkler", "jaro-winkler")]
    work = [(f"{name}, characters", f"distance {own}", "rapidfuzz", distance(getattr(fuzz, name))) for name, own in fuzzy]
    work += [
        ("WER", "metric wer", "jiwer", lambda: 100 * words(references, hypotheses).wer),
        ("CER", "metric cer", "jiwer", lambda: 100 * characters(references, hypotheses).cer),
        ("NIST", "metric nist-nltk", "nltk", lambda: nist_score.corpus_nist(single, ours)),
        ("GLEU", "metric gleu|tok:none", "nltk", lambda: 100 * gleu_score.corpus_gleu(single, ours)),
        ("RIBES", "metric ribes-nltk", "nltk", lambda: 100 * ribes_score.corpus_ribes(single, ours)),
        ("METEOR", "metric meteor-nltk", "nltk", meteor),
        ("CharacTER", "metric character", "cer", character),
        ("CharCut", "metric charcut", "charcut", charcut),
    ]
    work += [(name, f"metric {name}", "rouge-score", rouge(name)) for name in ("rouge1", "rouge2", "rougeL", "rougeLsum")]
    rows = [(*row, 1e-8, "sums of floats, fixed point") for row in work]
    try:
        import torch
        from torchmetrics.functional.text import extended_edit_distance
    except ImportError:
        return rows
    torch.set_default_dtype(torch.float64)
    eed = lambda: 100 * float(extended_edit_distance(hypotheses, references))  # noqa: E731
    return [*rows, ("EED", "metric eed-python", "torchmetrics", eed, 1e-8, "sums of floats, fixed point")]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", nargs=2, metavar=("HYPOTHESES", "REFERENCES"))
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--segments", type=int, default=200)
    options = parser.parse_args()
    if options.data:
        read = lambda path: Path(path).read_text(encoding="utf-8").split("\n")  # noqa: E731
        hypotheses, references = map(read, options.data)
    else:
        hypotheses, references = fixtures()
    kept = [pair for pair in zip(hypotheses, references) if all(text.strip() for text in pair)]
    hypotheses, references = map(list, zip(*kept[: options.segments]))

    ours = Ours()
    rows = []
    rivals = python_rivals(hypotheses, references) + lexical_rivals(hypotheses, references)
    for work, name, rival, theirs, tolerance, why in rivals:
        if name == "matrix":
            ours.load(hypotheses[:128], references[:128])
        else:
            ours.load(hypotheses, references)
        rows.append(pair(work, lambda: ours.run(name), rival, lambda: timed(theirs), tolerance, why, options.rounds))
    ours.load(hypotheses, references)
    for crate in ("rapidfuzz", "strsim"):
        other = lambda: ours.run(f"characters {crate}")  # noqa: E731, B023
        work = "Levenshtein, characters"
        rows.append(pair(work, lambda: ours.run("characters"), f"{crate} (crate)", other, 0, "", options.rounds))
    report(rows, len(hypotheses))


def pair(work, ours, rival, theirs, tolerance, why, rounds):
    (our_answer, _), (their_answer, _) = ours(), theirs()
    apart = abs(our_answer - their_answer)
    if apart > tolerance:
        raise SystemExit(f"{work}: ours is {our_answer}, {rival} says {their_answer}")
    answers = "equal" if apart == 0 else f"within {tolerance:g} ({why})"
    return work, rival, answers, in_turn(ours, theirs, rounds)


def in_turn(ours, theirs, rounds):
    """The seconds of both sides, round by round."""
    return [(ours()[1], theirs()[1]) for _ in range(rounds)]


def report(rows, segments):
    print(f"{segments} segments; {platform.processor() or platform.machine()}, Python {platform.python_version()};")
    packages = ["sacrebleu", "fastchrf", "bleuscore", "rapidfuzz", "jiwer", "nltk", "rouge-score"]
    print(", ".join(f"{package} {importlib.metadata.version(package)}" for package in packages))
    print()
    table(rows, segments)


def table(rows, segments):
    print("| work | rival | answers | ours, us a segment | rival, us a segment | times as fast |")
    print("|---|---|---|---:|---:|---:|")
    for work, rival, answers, times in rows:
        ours, theirs = (statistics.median(side) / segments * 1e6 for side in zip(*times))
        ratio = statistics.median(theirs / ours for ours, theirs in times)
        print(f"| {work} | {rival} | {answers} | {ours:,.2f} | {theirs:,.2f} | {ratio:,.1f} |")


if __name__ == "__main__":
    main()
