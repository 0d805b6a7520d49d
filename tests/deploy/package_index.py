"""A package index on loopback, with wheels built for a test."""

import threading
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from hashlib import sha256
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from zipfile import ZipFile

WHEEL = "Wheel-Version: 1.0\nGenerator: tests\nRoot-Is-Purelib: true\nTag: py3-none-any\n"


class PackageIndex:
    """A folder of wheels, the URL it is served at, and the names of the files that were fetched."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.url = ""
        self.fetched: list[str] = []

    def add(self, name: str, version: str, requires: str = "", extra: str = "") -> None:
        """Build a wheel that holds one module; `extra` is the name of an extra that needs what `requires` names."""
        lines = [f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}"]
        if extra:
            lines += [f"Provides-Extra: {extra}"]
        if requires:
            lines += [f"Requires-Dist: {requires}" + (f"; extra == '{extra}'" if extra else "")]
        info = f"{name}-{version}.dist-info"
        files = {f"{name}.py": "", f"{info}/METADATA": "\n".join(lines) + "\n", f"{info}/WHEEL": WHEEL}
        path = self._path(name, version)
        path.parent.mkdir(exist_ok=True)
        with ZipFile(path, "w") as wheel:
            for inside, text in files.items():
                wheel.writestr(inside, text)
            wheel.writestr(f"{info}/RECORD", "".join(map(_recorded, files.items())) + f"{info}/RECORD,,\n")

    def pin(self, name: str, version: str) -> str:
        """Return the lock's line for a wheel."""
        return (
            f"{name}=={version} --hash=sha256:{sha256(self._path(name, version).read_bytes()).hexdigest()}\n"
        )

    def _path(self, name: str, version: str) -> Path:
        return self.folder / name / f"{name}-{version}-py3-none-any.whl"


def _recorded(file: tuple[str, str]) -> str:
    inside, text = file
    digest = urlsafe_b64encode(sha256(text.encode()).digest()).rstrip(b"=").decode()
    return f"{inside},sha256={digest},{len(text.encode())}\n"


class _Handler(SimpleHTTPRequestHandler):
    def __init__(self, index: PackageIndex, *args, **kwargs) -> None:
        self.index = index
        super().__init__(*args, directory=str(index.folder), **kwargs)

    def log_request(self, code: object = "-", size: object = "-") -> None:
        self.index.fetched.append(self.path.rpartition("/")[2])

    def log_message(self, *args: object) -> None:
        """Keep a 404 off the test's output."""


@contextmanager
def serve_index(folder: Path) -> Iterator[PackageIndex]:
    """Serve an empty index; a listing of a folder is what pip takes for a package's page."""
    folder.mkdir()
    index = PackageIndex(folder)
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Handler, index)) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        index.url = f"http://127.0.0.1:{server.server_port}/"
        yield index
        server.shutdown()
        thread.join()
