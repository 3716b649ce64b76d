"""The finder of drop-off facilities: values, hours, the API, and what was answered before."""
