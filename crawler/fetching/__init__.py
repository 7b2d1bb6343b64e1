"""Asking councils' sites, politely: `http` fetches, `politeness` says when, `robots` whether; the rest is pure."""
