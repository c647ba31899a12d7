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
# # Un processus de plus

# %%
import multiprocessing as mp

def dire(mot):
    print(mot)


# %%
if __name__ == "__main__":
    p = mp.Process(target=dire, args=("bonjour",))
    p.start()
    p.join()
