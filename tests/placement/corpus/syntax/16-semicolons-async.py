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
# # One line

# %%
a = 1; b = 2; print(a + b);


# %%
async def count():
    for i in range(3):
        yield i

[i async for i in count()]
