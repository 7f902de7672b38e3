"""Runs sacreBLEU's command with the arithmetic of CPython 3.12 and newer.

With arguments it is the command. Without, it answers requests, one JSON object a line with "arguments", "folder",
"stdin" (base64) and "environment"; each runs in a process of its own that has everything imported already:

    echo '{"arguments": ["ref", "-i", "hyp"], "folder": "/tmp/x", "stdin": "", "environment": {}}' \
        | python sacrebleu_command.py
"""

import base64
import json
import os
import sys
import tempfile
import traceback

import sacrebleu.metrics.base as base_module
import sacrebleu.metrics.bleu as bleu_module
import sacrebleu.sacrebleu as command

try:
    import numpy  # noqa: F401  Imported here once, not in each child.
    import sacrebleu.significance  # noqa: F401
except ImportError:
    pass

import statistics


class Statistics:
    """Where sacreBLEU fails under NumPy 2, the plain remedy: scores of both precisions are taken as doubles."""

    @staticmethod
    def mean(values):
        try:
            return statistics.mean(values)
        except TypeError:
            return statistics.mean([float(value) for value in values])


base_module.statistics = Statistics
json.JSONEncoder.default = lambda _, number: float(number)

if sys.version_info < (3, 12):
    sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
    from oracle import neumaier
    import logging

    logging.disable(logging.NOTSET)
    builtin = sum

    def compensated(values, *start):
        values = list(values)
        floats = values and all(isinstance(value, float) for value in values)
        return neumaier(values) if floats else builtin(values, *start)

    bleu_module.sum = compensated


def child(request, out, err):
    """Becomes the command; never returns."""
    code = 1
    try:
        with tempfile.TemporaryFile() as stdin:
            stdin.write(base64.b64decode(request["stdin"]))
            stdin.seek(0)
            os.dup2(stdin.fileno(), 0)
        os.dup2(out.fileno(), 1)
        os.dup2(err.fileno(), 2)
        os.chdir(request["folder"])
        for name in ("SACREBLEU", "SACREBLEU_FORMAT", "SACREBLEU_SEED", "NO_COLOR"):
            os.environ.pop(name, None)
        os.environ.update(request["environment"])
        sys.argv = ["sacrebleu", *request["arguments"]]
        sys.stdin = open(0, closefd=False)
        sys.stdout = open(1, "w", closefd=False)
        sys.stderr = open(2, "w", closefd=False)
        command.main()
        code = 0
    except SystemExit as stop:
        code = stop.code if isinstance(stop.code, int) else int(stop.code is not None)
    except BaseException:
        traceback.print_exc()
    finally:
        try:
            sys.stdout.flush()
            sys.stderr.flush()
        finally:
            os._exit(code)


def answer(request):
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        process = os.fork()
        if process == 0:
            child(request, out, err)
        _, status = os.waitpid(process, 0)
        out.seek(0)
        err.seek(0)
        return {
            "code": os.waitstatus_to_exitcode(status),
            "stdout": base64.b64encode(out.read()).decode(),
            "stderr": err.read().decode(errors="replace"),
        }


if __name__ == "__main__":
    if len(sys.argv) > 1:
        command.main()
    else:
        for line in sys.stdin:
            print(json.dumps(answer(json.loads(line))), flush=True)
