"""Compile ``requirements/*.txt`` from ``pyproject.toml``: pinned, hashed, for every platform and Python ≥ 3.11.

    make requirements

The files record versions and hashes and no download address, so that they hold on any index that serves the packages.
"""

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
SOURCES = {
    "base": ["pyproject.toml"],
    "dev": ["pyproject.toml", "--group", "dev", "--extra", "postgres"],
    "build": ["--group", "build"],
    "peers": ["--group", "peers"],
    "uv": ["--group", "uv"],
}
OPTIONS = ["--universal", "--python-version", "3.11", "--generate-hashes", "--no-header", "--quiet"]

for name, sources in SOURCES.items():
    target = HERE / f"{name}.txt"
    command = [sys.executable, "-m", "uv", "pip", "compile", *sources, *OPTIONS, "--output-file", str(target)]
    subprocess.run(command, check=True, cwd=HERE.parent)
    sys.stdout.write(f"{target.name}: {target.read_text(encoding='utf-8').count('==')} packages\n")
