"""What is a reader told of two numbers? Sentences made from the values that decided."""
