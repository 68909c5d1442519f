"""What is there to notice? Positions, who stands behind them, and the findings between them."""
