import subprocess
import sys
from pathlib import Path


def test_imports_point_one_way_only():
    """As a program of its own: in this process it would silence every logger that there is."""
    program = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([program, "--no-cache", "--no-logo"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
