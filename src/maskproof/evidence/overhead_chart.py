"""The bars of the overhead: each metric's median and interval against the margin."""

from collections.abc import Mapping
from typing import Any

CHART_WIDTH = 560.0


def bars(figures: Mapping[str, float], margin_ms: float) -> list[dict[str, Any]]:
    """
    Places and lengths of the bars in the chart.

    Args:
        figures: The figures of the check of the overhead, by metric and name.
        margin_ms: How much slower tracking may make a metric.

    """
    names = dict.fromkeys(name.partition(".")[0] for name in figures)
    most = max([margin_ms, *figures.values()]) * 1.1
    scale = CHART_WIDTH / most
    return [
        {
            "name": name.replace("_", " "),
            "median": figures[f"{name}.median_ms"],
            "lower": figures[f"{name}.lower_ms"],
            "upper": figures[f"{name}.upper_ms"],
            "x": max(0.0, figures[f"{name}.lower_ms"]) * scale,
            "middle": max(0.0, figures[f"{name}.median_ms"]) * scale,
            "width": max(2.0, (max(0.0, figures[f"{name}.upper_ms"]) - max(0.0, figures[f"{name}.lower_ms"])) * scale),
            "margin": margin_ms * scale,
        }
        for name in names
    ]
