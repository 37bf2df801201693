"""What the papers say: 業務完了届, 検査調書別紙, 請求書の点検票."""
