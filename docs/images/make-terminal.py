#!/usr/bin/env python3
"""Makes terminal.svg: runs the README's demo, edits a file, and draws what the nodes tell, slowed down.

    dotnet build src/ServerNode && docs/images/make-terminal.py

Twenty edits are made, and the one with the median time is drawn: from just before the file is written until the last replica
has told that it is updated. Times are those that the demo prints.
"""
import datetime
import html
import os
import re
import shutil
import subprocess
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.join(HERE, "..", "..")
EDITS = 20
CLIENTS = 3
SPEAKERS = {"client-1": "#7ee787", "Server": "#ffa657", "client-2": "#79c0ff", "client-3": "#d2a8ff"}
STAMPED = re.compile(r"(\S+Z) \[([\w-]+)\] (.*)")

TYPING, PLAY, HOLD = 1_200, 6_000, 5_000  # milliseconds of the picture
LINE, LEFT, TOP, CHAR = 19, 18, 62, 7.83


def record():
    """The lines of one edit: (milliseconds since the edit, speaker, text)."""
    directory = tempfile.mkdtemp()
    demo = subprocess.Popen(
        ["dotnet", "run", "--no-build", "--project", "src/ServerNode", "--", "demo", "--clients", str(CLIENTS),
         "--dir", f"{directory}/demo", "--listen", "127.0.0.1:0", "--console", "off"],
        cwd=ROOT, stdout=subprocess.PIPE, text=True)
    try:
        while "Ctrl-C ends" not in demo.stdout.readline():
            assert demo.poll() is None, "the demo has ended"
        edits = sorted((edit(f"{directory}/demo/client-1/notes.txt", demo.stdout) for _ in range(EDITS)), key=lambda lines: lines[-1][0])
        print("milliseconds until the last replica is updated:", *(f"{lines[-1][0]:.0f}" for lines in edits))
        return edits[EDITS // 2]
    finally:
        demo.terminate()
        demo.communicate()
        shutil.rmtree(directory)


def edit(file, story):
    time.sleep(1)
    begun = time.time()
    with open(file, "a", encoding="utf-8") as notes:
        notes.write("Hello from client 1\n")
    lines, updated = [], 0
    while updated < CLIENTS - 1:
        stamp, speaker, text = STAMPED.match(story.readline()).groups()
        at = datetime.datetime.fromisoformat(stamp).timestamp()
        lines.append((max(0, (at - begun) * 1_000), speaker, text))
        updated += text.startswith("Updating local copy")
    return [line for line in lines if line[2] != "No modifications made to the file"]


def text(x, y, fill, words, name=""):
    return f'<text x="{x}" y="{y}" fill="{fill}"{name}>{html.escape(words)}</text>'


def draw(lines):
    total = lines[-1][0]
    slower = max(1, round(PLAY / total / 10) * 10)
    end = TYPING + total * slower + HOLD
    width = round(2 * LEFT + CHAR * (17 + max(len(words) for _, _, words in lines)))
    styles, rows = [], []

    def appear(number, at):
        percent = 100 * at / end
        styles.append(f"@keyframes k{number}{{0%,{percent:.2f}%{{opacity:0}}{percent + 0.01:.2f}%,100%{{opacity:1}}}}#l{number}{{animation:k{number} {end:.0f}ms infinite}}")
        return f'<g id="l{number}">'

    command = 'echo "Hello from client 1" >> demo/client-1/notes.txt'
    rows.append(text(LEFT, TOP, "#8b949e", "$"))
    typed = "".join(
        appear(100 + at, TYPING * 0.7 * at / len(command)) + text(round(LEFT + (2 + at) * CHAR, 1), TOP, "#e6edf3", letters) + "</g>"
        for at, letters in ((at, command[at:at + 4]) for at in range(0, len(command), 4)))
    rows.append(typed)
    for number, (at, speaker, words) in enumerate(lines, 1):
        y = TOP + 8 + number * LINE
        rows.append(appear(number, TYPING + at * slower)
                    + text(LEFT, y, "#8b949e", f"{at:3.0f} ms".replace(" ", "\u00a0")) + text(LEFT + 7.5 * CHAR, y, SPEAKERS[speaker], speaker)
                    + text(LEFT + 17 * CHAR, y, "#e6edf3", words) + "</g>")
    y = TOP + 16 + (len(lines) + 1) * LINE
    rows.append(appear(99, TYPING + total * slower + 600) + text(LEFT, y, "#7ee787", f"The edit is in all {CLIENTS} replicas after {total:.0f} ms.") + "</g>")
    height = y + 20
    label = f"One edit on its way from client 1 through the server to clients 2 and 3, which have it after {total:.0f} ms."
    return f'''<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="img" aria-label="{label}">
<style>text{{font:13px ui-monospace,SFMono-Regular,Menlo,Consolas,"Liberation Mono","DejaVu Sans Mono",monospace;white-space:pre}}
{chr(10).join(styles)}
@media (prefers-reduced-motion:reduce){{g{{animation:none!important}}}}</style>
<rect x=".5" y=".5" width="{width - 1}" height="{height - 1}" rx="8" fill="#161b22" stroke="#6e7681"/>
<circle cx="20" cy="18" r="5" fill="#f85149"/><circle cx="37" cy="18" r="5" fill="#d29922"/><circle cx="54" cy="18" r="5" fill="#3fb950"/>
{text(width // 2 - 170, 23, "#8b949e", f"a server and {CLIENTS} clients, {slower} times slower than it was")}
<path d="M0 34.5H{width}" stroke="#30363d"/>
{chr(10).join(rows)}
</svg>
'''


if __name__ == "__main__":
    with open(os.path.join(HERE, "terminal.svg"), "w", encoding="utf-8") as picture:
        picture.write(draw(record()))
