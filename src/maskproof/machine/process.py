"""Ends a process that we started, by its own id."""

import signal
import subprocess


def stop_process(
    process: subprocess.Popen[bytes], *, deadline_s: float, first: signal.Signals = signal.SIGTERM
) -> None:
    """
    End a process and wait for it; after the deadline it is killed.

    Args:
        process: What was started.
        deadline_s: Seconds it is given to end by itself.
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
