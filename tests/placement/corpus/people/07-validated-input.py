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
# # A careful question

# %%
answer = input("A whole number: ")
while not answer.isdigit():
    answer = input("Digits only, please: ")

# %%
int(answer) ** 2
