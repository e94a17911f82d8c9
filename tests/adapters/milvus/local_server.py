"""A Milvus server of this machine for the tests: ``make test-milvus`` installs it and names its program in QA_MILVUS_SERVER."""

from __future__ import annotations

import logging
import os
import signal
import socket
import subprocess
import time
from contextlib import suppress
from pathlib import Path

PROGRAM = os.environ.get("QA_MILVUS_SERVER", "")
START_S = 240.0  # 10 on a machine that does nothing else


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class LocalServer:
    """A standalone Milvus with its data in ``folder``. One a machine: its etcd takes a fixed port."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = free_port()
        self.url = f"milvus://127.0.0.1:{self.port}"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Returns when it answers a count query: the port opens long before."""
        command = [PROGRAM, "--data", str(self.folder), "--proxy-port", str(self.port)]
        environment = dict(os.environ)
        unpacked = self.folder / "bin" / "milvus"
        if (
            unpacked.exists()
        ):  # the wrapper would take the next port while the old one is in TIME_WAIT; the settings are written
            command = [str(unpacked), "run", "standalone"]
            environment |= {
                "DEPLOY_MODE": "STANDALONE",
                "METRICS_PORT": str(free_port()),
                "MILVUS_RUN_DIR": str(self.folder / "run"),
                "LD_LIBRARY_PATH": f"{unpacked.parent}:{os.environ.get('LD_LIBRARY_PATH', '')}",
            }
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / "out.log").open("ab") as log:
            self._process = subprocess.Popen(
                command, cwd=self.folder, env=environment, stdout=log, stderr=log, start_new_session=True
            )
        self.wait_until_it_answers()

    def wait_until_it_answers(self) -> None:
        from grpc import FutureTimeoutError, RpcError  # pymilvus passes on what it does not try again
        from pymilvus import MilvusClient, MilvusException

        for name in ("pymilvus", "pymilvus.client"):  # each failed try is logged with a traceback
            logging.getLogger(name).setLevel(logging.CRITICAL + 1)
        deadline = time.monotonic() + START_S
        while True:
            try:
                client = MilvusClient(uri=f"http://127.0.0.1:{self.port}", timeout=5)
                for name in client.list_collections(timeout=5):
                    client.query(name, filter="", output_fields=["count(*)"], consistency_level="Strong", timeout=5)
                return
            except (MilvusException, RpcError, FutureTimeoutError):
                assert time.monotonic() < deadline, f"Milvus did not start; see {self.folder}/out.log"
                time.sleep(0.5)

    def kill(self) -> None:
        """As when the power goes: the wrapper and the server, at once."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        self._end(signal.SIGTERM)

    def _end(self, how: signal.Signals) -> None:
        if self._process is None:
            return
        for each in (how, signal.SIGKILL):
            with suppress(ProcessLookupError):
                os.killpg(self._process.pid, each)  # the wrapper would leave its child running
            with suppress(subprocess.TimeoutExpired):
                self._process.wait(20)
        time.sleep(1.0)  # the child is not ours to wait for
        self._process = None
