"""The browser kernel's snapshot: Python's memory with the kernel up, made once for each set of kernel wheels."""
