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
# # Quelle version de R ?

# %%
from subprocess import check_output

# %%
print(check_output(["R", "--version"]).decode().splitlines()[0])
