"""The same comparison for very many figures at once: columns in, positions and verdicts out, exactly as one by one."""
