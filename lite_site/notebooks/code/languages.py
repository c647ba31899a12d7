"""Tells a Python notebook whose cells are really R or shell commands, whatever its kernel says."""

import re
from collections.abc import Iterable

_R = re.compile(
    r"(?m)^[ \t]*[A-Za-z.][\w.$\[\]\"]*[ \t]*<-[ \t]*\S|%>%|\|>|^[ \t]*library\([\w.\"']+\)[ \t]*$|"
    r"^[ \t]*(?:require|install\.packages)\(|\b(?:ggplot|data\.frame|read\.csv|read\.table)\(|"
    r"<-[ \t]*function\(|^[ \t]*[\w.]+\$\w+"
)
_COMMANDS = (
    "ls|cd|cat|head|tail|grep|awk|sed|sort|uniq|wc|mkdir|rm|cp|mv|echo|export|chmod|chown|module|srun|sbatch|squeue|"
    "tar|gzip|gunzip|zcat|unzip|wget|curl|ssh|scp|rsync|git|samtools|bcftools|bedtools|bwa|bowtie2|fastqc|multiqc|"
    "minimap2|salmon|kallisto|STAR|conda|pip|apt|sudo|docker|singularity|less|nano|vim|touch|xargs|find|source|cut"
)
_SHELL_ROW = re.compile(
    rf"[ \t]*(?:(?:{_COMMANDS})[ \t]+(?![=(+*<>&|])[^=(].*|(?:ls|pwd|cd|whoami|done|fi|then|do)[ \t]*|"
    r"(?:for|while|if)\b.*;[ \t]*(?:do|then))$"
)
_SHELL_SIGN = re.compile(r"\$\{?\w+\}?|\|[ \t]*(?:head|grep|wc|sort|awk|sed|less|cut|uniq|tail|xargs)\b|^[ \t]*#!/bin/")
_SHELL_SET = re.compile(r"[A-Z_]+=\S*$")
_READ = 4_000


def language_of(cells: Iterable[tuple[int, str, bool]]) -> tuple[int, str] | None:
    """The first cell in another language and which, where at least two of three say so, and most aren't Python.

    Takes (cell number, source, whether it parses) of the code cells that hold code.
    """
    known = list(cells)
    if all(parsed for _, _, parsed in known) and not any("<-" in source for _, source, _ in known):
        return None
    looks = [(number, _looks_like(source[:_READ], parsed=parsed)) for number, source, parsed in known]
    for language in ("R", "bash"):
        numbers = [number for number, looked in looks if looked == language]
        if 3 * len(numbers) >= 2 * len(known):
            return numbers[0], language
    return None


def _looks_like(source: str, *, parsed: bool) -> str:
    if _R.search(source) and not re.search(r"(?m)^(?:import|from)\s", source):
        return "R"
    rows = [row for row in source.split("\n") if row.strip() and not row.lstrip().startswith("#")]
    if not rows or re.search(r"(?m)^[ \t]*(?:import|from|def|print)\b", source):
        return ""
    shell = sum(bool(_SHELL_ROW.match(row) or _SHELL_SIGN.search(row) or _SHELL_SET.match(row)) for row in rows)
    return "bash" if 3 * shell >= 2 * len(rows) and (not parsed or len(rows) == shell) else ""
