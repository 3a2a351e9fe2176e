"""The pages that people without an account read, served as they are and without Streamlit."""
