"""Scores every system of a WMT folder with BLEU over subwords, with sacreBLEU and with the command, and compares.

    python scripts/subword_parity.py FOLDER [--bleuprint target/release/bleuprint] [--pairs en-de ...]

Japanese targets are scored with ja-mecab. For each pair two SentencePiece models (unigram with byte fallback, BPE) are
trained on the sources and references and stand where sacreBLEU looks for flores101's and flores200's. Scores to
1e-9, signatures but for the version. Python needs tests/oracle/requirements.txt, the folder is laid out as for
wmt_parity.py.
"""

import argparse
import os
import pathlib
import sys
import tempfile

CACHE = tempfile.TemporaryDirectory()
os.environ["SACREBLEU"] = CACHE.name

import ipadic  # noqa: E402
import sentencepiece  # noqa: E402
from wmt_parity import Tally, own, read  # noqa: E402
from sacrebleu.metrics import BLEU  # noqa: E402

os.environ.setdefault("BLEUPRINT_IPADIC", ipadic.DICDIR)

# The files in which sacreBLEU keeps the models that it fetches, and what is trained to stand there.
MODELS = {
    "flores101": ("sacrebleu_tokenizer_spm.model", "unigram"),
    "flores200": ("flores200sacrebleuspm", "bpe"),
}


def train(texts, kind, path):
    with open(path, "wb") as model:
        sentencepiece.SentencePieceTrainer.train(
            sentence_iterator=iter(texts),
            model_writer=model,
            model_type=kind,
            vocab_size=4000,
            character_coverage=0.999,
            byte_fallback=kind == "unigram",
            hard_vocab_limit=False,
            minloglevel=2,
        )


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--bleuprint", default="target/release/bleuprint")
    parser.add_argument("--pairs", nargs="*")
    arguments = parser.parse_args()
    folder = arguments.folder
    models = pathlib.Path(CACHE.name) / "models"
    models.mkdir()

    tally = Tally()
    for pair in arguments.pairs or sorted(path.name for path in (folder / "outputs").iterdir()):
        references = sorted((folder / "references").glob(f"{pair}.*.txt"))
        texts = [read(path) for path in references]
        tokenizers = ["ja-mecab"] if pair.endswith("-ja") else []
        for name, (file, kind) in MODELS.items():
            train([line for text in texts for line in text if line], kind, models / file)
            tokenizers.append(name)
        for tokenizer in tokenizers:
            # A new object, as the model is another one now; the class keeps the last.
            bleu = BLEU(tokenize=tokenizer, references=texts)
            for system in sorted((folder / "outputs" / pair).glob("*.txt")):
                answer = own(arguments.bleuprint, references, system, ["-tok", tokenizer])[0]
                tally.add(f"{pair} {system.stem}", answer, bleu.corpus_score(read(system), None), bleu)
        print(f"{pair}: so far {tally}", flush=True)
    print(tally)
    sys.exit(1 if tally.differences else 0)


if __name__ == "__main__":
    main()
