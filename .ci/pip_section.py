"""Prints the pip section of a conda environment file, one requirement a line, for `pip install -r`."""

import sys
from pathlib import Path

from kit.yaml_file import read_yaml

for item in read_yaml(Path(sys.argv[1])).data["dependencies"]:
    if isinstance(item, dict):
        print("\n".join(item["pip"]))
