#!/bin/sh
# Instructions a segment of each kernel, counted by valgrind over the German article repeated 64 times (896 segments).
# They are the same on a busy machine and on an idle one; other compilers and processors have others.
#
#   scripts/instructions.sh [KERNEL...]
set -eu
cd "$(dirname "$0")/.."
binary=$(cargo bench --bench instructions --no-run 2>&1 | sed -n 's/.*(\(.*instructions-[0-9a-f]*\)).*/\1/p')
[ $# -gt 0 ] || set -- bleu bleu/prepare chrf chrf/prepare chrf++ chrf++/prepare ter ter/prepare levenshtein matrix
printf '%-16s %s\n' kernel 'instructions a segment'
for kernel in "$@"; do
    total=$(RAYON_NUM_THREADS=1 valgrind --tool=callgrind --callgrind-out-file=/dev/null \
        --toggle-collect='instructions::counted*' "$binary" "$kernel" 2>&1 | sed -n 's/.*Collected : *//p')
    segments=896
    [ "$kernel" != matrix ] || segments=196
    printf '%-16s %s\n' "$kernel" $((total / segments))
done
