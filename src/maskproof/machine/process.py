"""Ends a process that we started, by its process id."""

import signal
import subprocess


def stop_process(
    process: subprocess.Popen[bytes], *, deadline_s: float, first: signal.Signals = signal.SIGTERM
) -> None:
    """
    End a process and wait for it; kill it after the deadline.

    Args:
        process: The process to end.
        deadline_s: Seconds that it may take after the first signal.
        first: The signal that asks it to end.

    """
    if process.poll() is not None:
        return
    process.send_signal(first)
    try:
        process.wait(deadline_s)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
