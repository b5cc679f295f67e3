"""Supplier self-declaration portal."""
