"""Writes benches/expected.json: what sacreBLEU and RapidFuzz say of the texts that the benches measure.

    python benches/expected.py        (needs tests/oracle/requirements.txt; CPython 3.12 or newer for BLEU's last bit)
"""

import json
import sys
from pathlib import Path

import rapidfuzz
import sacrebleu
from sacrebleu.metrics import BLEU, CHRF, TER
from sacrebleu.metrics.bleu import _get_tokenizer
from sacrebleu.tokenizers.tokenizer_ter import TercomTokenizer

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent / "tests" / "oracle"))
from oracle import neumaier  # noqa: E402

SCRIPTS = {
    "latin": "en-de-rail",
    "cyrillic": "en-ru-observatory",
    "han": "en-zh-chips",
    "devanagari": "en-hi-school",
}


def lines(directory, name):
    path = HERE.parent / "fixtures" / "articles" / directory / f"{name}.txt"
    return path.read_text(encoding="utf-8").splitlines()


def texts(directory, size):
    def sized(lines):
        return {"sentence": lines[1:2], "article": [" ".join(lines)], "corpus": lines * 64}[size]

    return sized(lines(directory, "machine.1")), sized(lines(directory, "reference.a"))


def main():
    if sys.version_info < (3, 12):
        builtin = sum
        sacrebleu.metrics.bleu.sum = lambda values: (
            neumaier(values) if isinstance((values := list(values))[0], float) else builtin(values)
        )
    expected = {"by": f"sacrebleu {sacrebleu.__version__}, rapidfuzz {rapidfuzz.__version__}"}
    for script, directory in SCRIPTS.items():
        for size in ("sentence", "article", "corpus"):
            hypotheses, references = texts(directory, size)
            tokenizer = "zh" if script == "han" else "13a"
            metrics = {
                "bleu": BLEU(tokenize=tokenizer),
                "chrf": CHRF(),
                "chrf++": CHRF(word_order=2),
                "ter": TER(normalized=True, asian_support=True),
            }
            for name, metric in metrics.items():
                score = metric.corpus_score(hypotheses, [references]).score
                expected[f"{name}/{script}/{size}"] = score
            a, b = hypotheses[0], references[0]
            levenshtein = rapidfuzz.distance.Levenshtein.distance
            expected[f"characters/{script}/{size}"] = levenshtein(a, b)
            expected[f"words/{script}/{size}"] = levenshtein(a.split(), b.split())
        corpus, _ = texts(directory, "corpus")
        for name in ("13a", "intl", "zh", "char", "none"):
            tokenize = _get_tokenizer(name)()
            expected[f"tokens/{name}/{script}"] = sum(len(tokenize(text).split()) for text in corpus)
        tercom = TercomTokenizer(normalized=True, asian_support=True)
        expected[f"tokens/tercom/{script}"] = sum(len(tercom(text).split()) for text in corpus)
        candidates = lines(directory, "machine.1") + lines(directory, "machine.2")
        for name, order in (("chrf", 0), ("chrf++", 2)):
            metric = CHRF(word_order=order)
            first = [metric.sentence_score(candidates[0], [other]).score for other in candidates]
            expected[f"matrix/{name}/{script}"] = first
    with open(HERE / "expected.json", "w", encoding="utf-8") as file:
        json.dump(expected, file, indent=1)
        file.write("\n")


if __name__ == "__main__":
    main()
