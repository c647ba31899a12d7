import pair


def est_impair(n):
    return False if n == 0 else pair.est_pair(n - 1)
