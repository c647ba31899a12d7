# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
#   kernelspec:
#     display_name: Python 3 (ipykernel)
#     language: python
#     name: python3
# ---

# %% [markdown]
# # Game of life

# %%
import time
import numpy as np
from IPython.display import clear_output

grid = np.random.default_rng(0).integers(0, 2, (8, 8))

# %%
for step in range(3):
    neighbours = sum(np.roll(grid, (i, j), (0, 1)) for i in (-1, 0, 1) for j in (-1, 0, 1) if i or j)
    grid = ((neighbours == 3) | (grid & (neighbours == 2))).astype(int)
    clear_output(wait=True)
    print("\n".join("".join(".#"[c] for c in row) for row in grid))
    time.sleep(0.02)
