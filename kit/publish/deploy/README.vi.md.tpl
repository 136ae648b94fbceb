# Gói diễn tập: đợt {{ session }}, {{ province.name }}

Gói này mở bàn làm việc của học viên trên máy chủ của tỉnh. Có {{ scripts }} kịch bản của {{ exercises | length }} bài, {{ people }} người
trong danh sách. Gói **không** chứa đáp án, hướng dẫn chấm hay chương trình chấm: không ai đọc được chúng từ máy chủ này, kể cả người quản trị.
Vì thế ở đây không có nhận xét từng bước; kết quả do giảng viên chấm sau.

Mọi người dân, cán bộ, hồ sơ trong gói đều do máy sinh (số định danh bắt đầu bằng 099, điện thoại 0600 xxx xxx). Chỉ tên học viên là thật.

## Trước khi mở

1. So mã SHA-256 của `manifest.json` với mã mà người phát hành báo cho bạn qua đường khác: `sha256sum manifest.json`.
2. Cài Python 3.11 và các gói, đúng bản đã khóa:

```
python3 -m venv ../venv
../venv/bin/pip install --require-hashes -r requirements.txt
```

## Mở

```
../venv/bin/python run.py --port 8866
```

Chương trình soát từng tệp theo bảng kê; tệp nào bị đổi, thêm, bớt thì nêu tên và không mở. Máy chủ chỉ nghe ở 127.0.0.1. Dữ liệu ghi vào thư
mục `{{ session }}.state` cạnh gói (đổi bằng `--state`), còn gói thì không bị ghi vào. Dùng PostgreSQL: đặt biến môi trường `KIT_STORE`.

Đợt có danh sách: học viên vào bằng đường dẫn riêng hoặc mã 12 ký tự do giảng viên phát. Máy chủ cần khóa nhận mã; gói không mang theo
khóa này. Lệnh `kit session links {{ session }} ...` tạo khóa cùng các đường dẫn. Giảng viên gửi riêng tệp
`sessions/{{ session }}/joining/secret`; đặt ở nơi chỉ tài khoản chạy dịch vụ đọc được rồi chỉ tới nó bằng biến `KIT_JOIN_FILE`. Khóa này chỉ để
nhận người vào, không mở được đáp án.

Chạy lâu dài: `deploy/rehearsal.service` (systemd), `deploy/nginx.conf` (TLS, giới hạn, CSP), `deploy/Containerfile` (hộp chứa). Ba tệp này là
mẫu: đổi tên miền, chứng thư, thư mục cho hợp máy của bạn. Đặt `nginx` phía trước trước khi mở ra ngoài mạng nội bộ.

| giới hạn | mặc định | ở đâu |
| --- | --- | --- |
| số người cùng lúc | {{ kernels }}; người tới sau thấy trang "đang đầy", tự thử lại | `run.py --kernels` |
| trang đóng rồi thì giải phóng sau | 10 phút (trang mở mà không ai nối vào: 1 phút) | `voila.json` |
| tệp mở | 24 cho mỗi người; ít hơn thì số người tự giảm | `LimitNOFILE` |

## Sau buổi diễn tập

Trong `sessions/{{ session }}` của thư mục dữ liệu, tạo một tệp trọn vẹn (đừng chép riêng `attempts.sqlite`: phần mới nhất nằm ở
`attempts.sqlite-wal`, kể cả khi máy chủ đã tắt):

```
python -c "import sqlite3; sqlite3.connect('attempts.sqlite').backup(sqlite3.connect('attempts-backup.sqlite'))"
```

Gửi `attempts-backup.sqlite` cho giảng viên bằng đường an toàn. Trên máy có đáp án, giảng viên chạy
`kit session gather {{ session }} attempts-backup.sqlite` rồi `kit grade --session {{ session }}`. Giữ thư mục dữ liệu cho tới khi có kết quả; xóa sau
đó, vì có tên và thao tác của học viên.
