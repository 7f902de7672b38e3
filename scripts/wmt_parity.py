"""Scores every system of a WMT folder with sacreBLEU and with the command `bleuprint`, and compares.

    python scripts/wmt_parity.py FOLDER [--bleuprint target/release/bleuprint] [--pairs en-de ...]

FOLDER has outputs/PAIR/SYSTEM.txt and references/PAIR.*.txt, one segment a line. Compared are BLEU (13a; zh where the
target is Chinese, char where it is Japanese), chrF2 and chrF2++ of whole systems and TER of their first 100 lines:
scores to 1e-9, signatures but for the version. Python needs tests/oracle/requirements.txt; before CPython
3.12 sacreBLEU's sum of logarithms is replaced by the compensated one that newer versions have.
"""

import argparse
import json
import pathlib
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "tests" / "oracle"))

import sacrebleu.metrics.bleu as bleu_module  # noqa: E402
from oracle import neumaier  # noqa: E402
from sacrebleu.metrics import BLEU, CHRF, TER  # noqa: E402

TER_LINES = 100
TOLERANCE = 1e-9
TOKENIZERS = {"zh": "zh", "ja": "char"}

if sys.version_info < (3, 12):
    builtin = sum

    def compensated(values, *start):
        values = list(values)
        floats = values and all(isinstance(value, float) for value in values)
        return neumaier(values) if floats else builtin(values, *start)

    bleu_module.sum = compensated


def read(path):
    with open(path, encoding="utf-8", newline="\n") as lines:
        return [line.rstrip() for line in lines]


def own(binary, references, system, options):
    """What the command says: a list of objects."""
    command = [binary, "score", *map(str, references), "-i", str(system), "-q", "-w", "15", "-f", "json", *options]
    answer = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)
    return answer if isinstance(answer, list) else [answer]


def head(path, folder):
    """The first lines of a file, in a file."""
    cut = pathlib.Path(folder) / path.name
    cut.write_text("".join(line + "\n" for line in read(path)[:TER_LINES]), encoding="utf-8")
    return cut


def versionless(signature):
    return "|".join(pair for pair in signature.split("|") if not pair.startswith("version:"))


class Tally:
    """Scores compared: how many, how many differ, and by how much at most."""

    def __init__(self):
        self.scores, self.differences, self.worst = 0, 0, 0.0

    def add(self, which, answer, score, metric):
        """One answer of the command, and sacreBLEU's score by a metric."""
        self.scores += 1
        off = abs(answer["score"] - score.score)
        self.worst = max(self.worst, off)
        signatures = versionless(answer["signature"]), versionless(str(metric.get_signature()))
        if off > TOLERANCE or answer["name"] != score.name or len(set(signatures)) > 1:
            self.differences += 1
            print(f"{which}: {answer['name']} {answer['score']} {signatures[0]}")
            print(f"  but sacreBLEU says {score.name} {score.score} {signatures[1]}")

    def __str__(self):
        return f"{self.scores} scores: {self.differences} differ; the greatest difference is {self.worst:.1e}"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--bleuprint", default="target/release/bleuprint")
    parser.add_argument("--pairs", nargs="*")
    arguments = parser.parse_args()

    systems, tally = 0, Tally()
    pairs = arguments.pairs or sorted(path.name for path in (arguments.folder / "outputs").iterdir())
    for pair in pairs:
        tokenizer = TOKENIZERS.get(pair.split("-")[1], "13a")
        references = sorted((arguments.folder / "references").glob(f"{pair}.*.txt"))
        texts = [read(path) for path in references]
        whole = [BLEU(tokenize=tokenizer, references=texts), CHRF(references=texts), CHRF(word_order=2, references=texts)]
        ter = TER(references=[text[:TER_LINES] for text in texts])
        with tempfile.TemporaryDirectory() as folder:
            (pathlib.Path(folder) / "references").mkdir()
            cut_references = [head(path, pathlib.Path(folder) / "references") for path in references]
            for system in sorted((arguments.folder / "outputs" / pair).glob("*.txt")):
                hypotheses = read(system)
                systems += 1
                options = ["-tok", tokenizer, "-m", "bleu", "chrf", "chrf++"]
                answers = own(arguments.bleuprint, references, system, options)
                answers += own(arguments.bleuprint, cut_references, head(system, folder), ["-m", "ter"])
                expected = [(metric.corpus_score(hypotheses, None), metric) for metric in whole]
                expected.append((ter.corpus_score(hypotheses[:TER_LINES], None), ter))
                for answer, (score, metric) in zip(answers, expected, strict=True):
                    tally.add(f"{pair} {system.stem}", answer, score, metric)
        print(f"{pair}: {systems} systems so far, {tally}", flush=True)
    print(f"{len(pairs)} pairs, {systems} systems, {tally}")
    sys.exit(1 if tally.differences else 0)


if __name__ == "__main__":
    main()
