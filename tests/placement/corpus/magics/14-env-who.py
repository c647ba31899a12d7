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
# # What do I have?

# %%
# %env LESSON=magics
a, b = 3, "three"

# %%
# %who
# %precision 3

# %%
# %pwd
a / 7
