def measure(*a): return []
