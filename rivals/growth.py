"""Draws docs/growth.svg from what the binary `growth` measures.

    rivals/run growth

Both axes are logarithmic; the number behind each name is the exponent of the straight line that fits the upper half of the
points best: 1 is linear.
"""

import json
import math
import subprocess
from pathlib import Path

HERE = Path(__file__).parent
COLOURS = {"BLEU": "#1f5fa8", "chrF2": "#c2571a", "TER": "#2f7d4f", "Levenshtein, words": "#7a4aa0"}
TITLES = {
    "length": "one segment, by its words",
    "corpus": "a corpus of 25-word segments, by segments",
    "references": "200 segments, by references of each",
    "threads": "5,000 segments, by threads",
}
WIDTH, HEIGHT, LEFT, TOP = 440, 300, 64, 44


def exponent(points):
    upper = points[len(points) // 2 :] if len(points) > 4 else points
    xs, ys = [[math.log(value) for value in axis] for axis in zip(*upper)]
    x, y = sum(xs) / len(xs), sum(ys) / len(ys)
    below = sum((a - x) ** 2 for a in xs)
    return sum((a - x) * (b - y) for a, b in zip(xs, ys)) / below if below else 0.0


def time(seconds):
    for unit, size in (("s", 1), ("ms", 1e-3), ("µs", 1e-6)):
        if seconds >= size * 0.999:
            return f"{seconds / size:g} {unit}"
    return f"{seconds * 1e9:g} ns"


def panel(title, curves, left, top):
    xs = [x for points in curves.values() for x, _ in points]
    ys = [y for points in curves.values() for _, y in points]
    low, high = math.floor(math.log10(min(ys))), math.ceil(math.log10(max(ys)))
    width, height = WIDTH - LEFT - 24, HEIGHT - TOP - 48
    span = math.log10(max(xs) / min(xs)) or 1.0

    def place(x, y):
        across = math.log10(x / min(xs)) / span * width
        up = (math.log10(y) - low) / (high - low) * height
        return left + LEFT + across, top + TOP + height - up

    out = [f'<text x="{left + LEFT}" y="{top + 22}" class="title">{title}</text>']
    for power in range(low, high + 1):
        x, y = place(min(xs), 10.0**power)
        out.append(f'<line x1="{x:.1f}" y1="{y:.1f}" x2="{x + width:.1f}" y2="{y:.1f}" class="grid"/>')
        out.append(f'<text x="{x - 6:.1f}" y="{y + 4:.1f}" class="axis" text-anchor="end">{time(10.0**power)}</text>')
    for x in sorted(set(xs)):
        across, bottom = place(x, 10.0**low)
        out.append(f'<text x="{across:.1f}" y="{bottom + 16:.1f}" class="axis" text-anchor="middle">{x:,}</text>')
    for at, (name, points) in enumerate(curves.items()):
        colour = COLOURS[name]
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in (place(*point) for point in points))
        out.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>')
        out += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colour}"/>' for x, y in (place(*p) for p in points)]
        label = f"{name}: {exponent(points):.2f}"
        y = top + TOP + 14 + 16 * at
        out.append(f'<text x="{left + LEFT + 8}" y="{y}" class="axis" style="fill:{colour}">{label}</text>')
    return out


def main():
    panels = json.loads(subprocess.check_output([HERE / "target" / "release" / "growth"]))
    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {2 * WIDTH} {2 * HEIGHT}" role="img" '
        'aria-label="How the time of BLEU, chrF2 and TER grows">',
        "<style>text{font-family:sans-serif;font-size:12px;fill:#333}.title{font-size:14px;font-weight:bold}"
        ".grid{stroke:#ddd}</style>",
        f'<rect width="{2 * WIDTH}" height="{2 * HEIGHT}" fill="#fff"/>',
    ]
    for at, (name, title) in enumerate(TITLES.items()):
        out += panel(title, panels[name], at % 2 * WIDTH, at // 2 * HEIGHT)
        for curve, points in panels[name].items():
            figures = ", ".join(f"{x:,}: {seconds * 1e6:,.1f} µs" for x, seconds in points)
            print(f"{name} | {curve} | exponent {exponent(points):.2f} | {figures}")
    docs = HERE.parent / "docs"
    docs.mkdir(exist_ok=True)
    (docs / "growth.svg").write_text("\n".join(out + ["</svg>"]) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
