#!/usr/bin/env python3
"""Writes fixtures/golden/sacrebleu.toml: inputs of ours, and what sacreBLEU answers.

    .venv/bin/python scripts/golden.py > fixtures/golden/sacrebleu.toml

Needs tests/oracle/requirements.txt. The numbers depend on the CPython version only in BLEU's last bit: since 3.12
`sum` compensates, and the table holds that (tests/oracle/oracle.py does it for older ones).
"""

import json
import pathlib
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests" / "oracle"))
import oracle  # noqa: E402


def article(name, system):
    folder = ROOT / "fixtures" / "articles" / name
    read = lambda file: (folder / file).read_text(encoding="utf-8").splitlines()
    return read(system), [read("reference.a.txt"), read("reference.b.txt")]


CATS = (["The cat sat, (on) mat."], [["the cat sat on the mat."], ["A cat sits."]])
PAIRS = {
    "the cat sat": (["the cat sat"], [["the cat sat"]]),
    "the dog": (["the dog"], [["the cat sat"]]),
    "closest length is the shorter on a tie": (["a b c d e"], [["a b c d"], ["a b c d e f"]]),
    "clipped by the richer reference": (["a a a b"], [["a a b c"], ["a c b b"]]),
    "both empty": ([""], [[""]]),
    "empty reference": (["a"], [[""]]),
    "empty hypothesis": ([""], [["a"]]),
    "empty reference beside another": (["a b c"], [[""], ["a b"]]),
    "missing references": (["a b c d", "e f g h", "i j"], [["a b c d", "e f x h", None], [None, "e f g", "i j k"]]),
    "cats": CATS,
    "moved block": (["d e f g h a b c"], [["a b c d e f g h"]]),
    "doubled words": (["hello hello the a dog"], [["jumps dog lazy the"]]),
    "stops and digits": ([".5 5. ,5 5, 5.. ...5", "It's 3.14, U.S.-based (1-2)."], [[".5 5. ,5 5, 5.. ...5", "It is 3.14, US-based (1-2)."]]),
    "entities": (["&quot;x&quot; &apos;y&apos; &#39; <skipped>z &amp;lt;"], [['"x" \'y\' \' z <']]),
    "ascii separators": (["a\u001cb c\u001fd\u0085e\u00a0f"], [["a b c d e f"]]),
    "case specials": (["İSTANBUL ΟΔΟΣ STRAẞE"], [["i̇stanbul οδος straße"]]),
    "possessive twice tokenized": (["it 's. the dog's"], [["it's. the dog's."]]),
}
for name in ["ru-en-harbour", "en-de-rail", "en-zh-chips", "en-ja-typhoon", "hi-en-monsoon", "en-he-museum"]:
    for system in ["machine.1.txt", "machine.2.txt"]:
        PAIRS[f"{name} {system}"] = article(name, system)

BLEU = [
    {}, {"effective_order": True}, {"smooth_method": "none"}, {"smooth_method": "floor"},
    {"smooth_method": "floor", "smooth_value": 0.5}, {"smooth_method": "add-k"}, {"smooth_method": "add-k", "smooth_value": 0.25},
    {"lowercase": True}, {"tokenize": "intl"}, {"tokenize": "zh"}, {"tokenize": "char"}, {"tokenize": "none", "effective_order": True},
    {"max_ngram_order": 2}, {"max_ngram_order": 6, "effective_order": True},
]
CHRF = [
    {}, {"word_order": 1}, {"word_order": 2}, {"lowercase": True}, {"whitespace": True}, {"eps_smoothing": True},
    {"eps_smoothing": True, "word_order": 2}, {"beta": 3}, {"char_order": 4}, {"char_order": 8, "word_order": 2},
]
TER = [
    {}, {"normalized": True}, {"no_punct": True}, {"case_sensitive": True}, {"normalized": True, "asian_support": True},
    {"normalized": True, "no_punct": True, "asian_support": True},
]


def spec(kind, config):
    """Our signature of a configuration."""
    keys = {
        "effective_order": ("eff", "yes"), "lowercase": ("case", "lc"), "tokenize": ("tok", None), "max_ngram_order": ("order", None),
        "word_order": ("nw", None), "char_order": ("nc", None), "whitespace": ("space", "yes"), "eps_smoothing": ("eff", "no"),
        "normalized": ("norm", "yes"), "no_punct": ("punct", "no"), "asian_support": ("asian", "yes"), "case_sensitive": ("case", "mixed"),
    }
    name = {"bleu": "BLEU", "ter": "TER", "chrf": f"chrF{config.get('beta', 2)}" + "+" * config.get("word_order", 0)}[kind]
    pairs = [f"{keys[key][0]}:{keys[key][1] or value}" for key, value in config.items() if key in keys]
    if "smooth_method" in config:
        default = {"floor": 0.1, "add-k": 1.0}.get(config["smooth_method"])
        value = config.get("smooth_value", default)
        pairs.append(f"smooth:{config['smooth_method']}" + (f"[{value:.2f}]" if value is not None else ""))
    return "|".join([name, *pairs])


def main():
    versions = oracle.versions(None)
    print(f"# Written by scripts/golden.py: sacreBLEU {versions['sacrebleu']}, compensated sums as in CPython 3.12 and newer.")
    print("# A missing reference is \"\\u0000missing\".")
    ask = {kind: oracle.corpus(kind) for kind in ("bleu", "chrf", "ter")}
    for name, (hyps, refs) in PAIRS.items():
        print(f"\n[[corpus]]\nname = {json.dumps(name)}")
        print(f"hypotheses = {json.dumps(hyps, ensure_ascii=False)}")
        shown = [["\0missing" if text is None else text for text in stream] for stream in refs]
        print(f"references = {json.dumps(shown, ensure_ascii=False)}".replace("\\u0000", "\\u0000"))
        for kind, configs in (("bleu", BLEU), ("chrf", CHRF), ("ter", TER)):
            for config in configs:
                answer = ask[kind]({"config": config, "hyps": hyps, "refs": refs})
                parts = {key: answer[key] for key in ("counts", "totals", "precisions", "bp", "sys_len", "ref_len", "num_edits", "ref_length") if key in answer}
                cells = ", ".join(f"{key} = {json.dumps(value)}" for key, value in parts.items())
                signature = answer["signature"].rsplit("|version:", 1)[0]
                print("[[corpus.case]]")
                print(f"metric = {json.dumps(spec(kind, config))}")
                print(f"score = {float(answer['score'])!r}")
                print(f"text = {json.dumps(answer['text'])}")
                print(f"signature = {json.dumps(answer['name'] + '|' + signature)}")
                if cells:
                    print(f"parts = {{ {cells} }}")


if __name__ == "__main__":
    main()
