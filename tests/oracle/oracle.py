"""Answers requests, one JSON object a line, with what the reference programs compute.

A request names what it asks for in "ask"; the answer is a JSON object on one line. It has no state: the
tests that use it print their seeds, and any line can be sent again by hand:

    echo '{"ask": "bleu", "config": {}, "hyps": ["a b"], "refs": [["a b"]]}' | python oracle.py
"""

import json
import logging
import sys

logging.disable(logging.CRITICAL)


def neumaier(values, start=0.0):
    """The sum of floats as CPython has it since 3.12; older ones don't compensate."""
    total, compensation = start, 0.0
    for value in values:
        following = total + value
        if abs(total) >= abs(value):
            compensation += (total - following) + value
        else:
            compensation += (value - following) + total
        total = following
    return total + compensation if compensation else total


def corpus(kind):
    import sacrebleu.metrics.bleu as bleu_module
    from sacrebleu.metrics import BLEU, CHRF, TER

    if sys.version_info < (3, 12):
        builtin = sum

        def compensated(values, *start):
            values = list(values)
            floats = values and all(isinstance(value, float) for value in values)
            return neumaier(values) if floats else builtin(values, *start)

        bleu_module.sum = compensated
    metric_class = {"bleu": BLEU, "chrf": CHRF, "ter": TER}[kind]

    def answer(request):
        metric = metric_class(**request["config"])
        score = metric.corpus_score(request["hyps"], request["refs"])
        parts = {key: value for key, value in vars(score).items() if isinstance(value, (int, float, list))}
        parts["signature"] = str(metric.get_signature())
        parts["short"] = metric.get_signature().format(short=True)
        parts["text"] = str(score)
        parts["name"] = score.name
        return parts

    return answer


def tokenize(request):
    from sacrebleu.metrics.bleu import _get_tokenizer

    tokenizer = _get_tokenizer(request["name"])()
    return {"tokens": [tokenizer(text).split() for text in request["texts"]]}


def tercom(request):
    from sacrebleu.tokenizers.tokenizer_ter import TercomTokenizer

    tokenizer = TercomTokenizer(**request["config"])
    return {"tokens": [tokenizer(text).split() for text in request["texts"]]}


def rapidfuzz(request):
    from rapidfuzz import distance as module

    options = {"weights": tuple(request["weights"])} if request.get("weights") else {}
    measure = getattr(module, request["kind"])
    answers = []
    for a, b in request["pairs"]:
        names = ["distance", "similarity", "normalized_distance", "normalized_similarity"]
        answer = {name: getattr(measure, name)(a, b, **options) for name in names}
        if request.get("script"):
            answer["script"] = [list(step) for step in measure.opcodes(a, b)]
        answers.append(answer)
    return {"answers": answers}


def jiwer(request):
    import jiwer

    def parts(output):
        counts = ["hits", "substitutions", "deletions", "insertions"]
        rates = ["wer", "mer", "wil", "wip", "cer"]
        return {name: getattr(output, name) for name in counts + rates if hasattr(output, name)}

    hyps, refs = request["hyps"], request["refs"]
    return {
        "words": parts(jiwer.process_words(refs, hyps)),
        "characters": parts(jiwer.process_characters(refs, hyps)),
    }


def eed(request):
    from torchmetrics.functional.text import eed as module

    prepare = {"en": module._preprocess_en, "ja": module._preprocess_ja, "none": str}[request["language"]]
    return {
        "scores": [
            min(module._eed_function(prepare(hyp), prepare(ref), **request["config"]) for ref in refs)
            for hyp, refs in zip(request["hyps"], request["refs"])
        ]
    }


def character(request):
    from cer import calculate_cer

    return {"scores": [calculate_cer(hyp.split(), ref.split()) for hyp, ref in zip(request["hyps"], request["refs"])]}


def charcut(request):
    from charcut import calculate_charcut

    pairs = zip(request["hyps"], request["refs"])
    return {"scores": [calculate_charcut([hyp], [ref], **request["config"])[0] for hyp, ref in pairs]}


def versions(_):
    import importlib.metadata as metadata

    wanted = ["sacrebleu", "numpy", "regex", "jiwer", "rapidfuzz", "nltk", "rouge-score", "scipy", "torchmetrics", "cer", "charcut"]
    found = {}
    for package in wanted:
        try:
            found[package] = metadata.version(package)
        except metadata.PackageNotFoundError:
            pass
    return {"python": sys.version.split()[0], **found}


ASKS = {
    "versions": lambda: versions,
    "bleu": lambda: corpus("bleu"),
    "chrf": lambda: corpus("chrf"),
    "ter": lambda: corpus("ter"),
    "tokenize": lambda: tokenize,
    "tercom": lambda: tercom,
    "rapidfuzz": lambda: rapidfuzz,
    "jiwer": lambda: jiwer,
    "eed": lambda: eed,
    "character": lambda: character,
    "charcut": lambda: charcut,
}


def main():
    ready = {}
    for line in sys.stdin:
        request = json.loads(line)
        ask = request["ask"]
        if ask not in ready:
            ready[ask] = ASKS[ask]()
        try:
            answer = ready[ask](request)
        except Exception as error:  # the test decides what an exception means
            answer = {"error": f"{type(error).__name__}: {error}"}
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
