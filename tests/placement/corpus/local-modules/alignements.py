import subprocess


def compter(chemin):
    """Number of reads in a BAM file, as samtools counts them."""
    return int(subprocess.check_output(["samtools", "view", "-c", chemin]))
