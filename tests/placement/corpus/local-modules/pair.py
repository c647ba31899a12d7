import impair


def est_pair(n):
    return True if n == 0 else impair.est_impair(n - 1)
