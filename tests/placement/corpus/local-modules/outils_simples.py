def doubler(x):
    return 2 * x
