"""The 为民服务联络卡 as PDF. Plain data in, pages out; knows no ledger and no window."""
