"""Small plotting functions shared by the lessons of this course.

Open this file and read it: a course, like a research project, keeps the code
that it uses several times in a module, and imports it where it is needed.
"""

BLUE, ORANGE, GREY = "#0072B2", "#D55E00", "#666666"
LINE_STYLES = ("-", "--", ":", "-.")


def histogram(ax, values, marks=None, *, bins=30, xlabel="", title=""):
    """Draw a histogram of `values`, with one vertical line for each `label: position` in `marks`."""
    marks = marks or {}
    ax.hist(values, bins=bins, color="#9ecae1", edgecolor="white")
    headroom = 1.08 + 0.1 * len(marks)                      # the legend stands above the bars
    for number, (label, position) in enumerate(marks.items()):
        style = LINE_STYLES[number % len(LINE_STYLES)]
        ax.axvline(position, ymax=1 / headroom, color="black", linestyle=style, linewidth=1.8, label=label)
    if marks:
        ax.set_ylim(top=ax.get_ylim()[1] * headroom)
        ax.legend(loc="upper right")
    ax.set_xlabel(xlabel)
    ax.set_ylabel("How many")
    ax.set_title(title)


def intervals(ax, lows, highs, truth, *, xlabel="", title=""):
    """Draw each interval as a horizontal bar; one that misses `truth` is thick and ends in crosses."""
    for row, (low, high) in enumerate(zip(lows, highs)):
        if low <= truth <= high:
            ax.plot([low, high], [row, row], color=BLUE, linewidth=1)
        else:
            ax.plot([low, high], [row, row], color=ORANGE, linewidth=2.5, marker="x")
    ax.axvline(truth, color="black", linestyle="--", label="true value")
    ax.set_ylim(-1.5, len(lows) * 1.15)                     # room for the legend
    ax.legend(loc="upper right")
    ax.set_xlabel(xlabel)
    ax.set_ylabel("Sample number")
    ax.set_title(title)


def residuals(ax, x, values, *, xlabel="", ylabel="Residual", title=""):
    """Draw what a fitted line leaves unexplained, around a line at zero."""
    ax.axhline(0, color=GREY, linestyle="--", linewidth=1)
    ax.plot(x, values, "o", color=BLUE)
    ax.set_xlabel(xlabel)
    ax.set_ylabel(ylabel)
    ax.set_title(title)
