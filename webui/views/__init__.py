"""The addresses of the site (design, section 5), one blueprint an area."""
