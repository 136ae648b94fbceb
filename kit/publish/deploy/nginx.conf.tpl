# Máy chủ trung gian trước bàn làm việc: TLS, giới hạn, tiêu đề. The proxy in front of the desk: TLS, limits, headers.
# Đổi tên miền và chứng thư. Change the domain and the certificate. nginx -t
# Một lớp học đi ra Internet bằng một địa chỉ, vì thế giới hạn theo địa chỉ phải đủ cho cả lớp.
# A class shares one address, so limits by address must leave room for all of it.
limit_req_zone $binary_remote_addr zone=rehearsal_pages:10m rate=5r/s;
limit_req_zone $binary_remote_addr zone=rehearsal_other:10m rate=200r/s;
limit_conn_zone $binary_remote_addr zone=rehearsal_people:10m;
limit_conn_zone $server_name zone=rehearsal_all:1m;

# Không ghi phần sau dấu hỏi: mã lượt diễn tập nằm ở đó. What follows the question mark is not logged: codes are there.
log_format rehearsal '$remote_addr [$time_local] "$request_method $uri" $status $body_bytes_sent $request_time';

map $http_upgrade $rehearsal_connection { default upgrade; '' ''; }

server {
    listen 80;
    server_name dien-tap.example;
    return 301 {{ scheme }}://$host$request_uri;
}

server {
    listen 443 ssl http2;
    server_name dien-tap.example;
    ssl_certificate /etc/ssl/rehearsal/fullchain.pem;
    ssl_certificate_key /etc/ssl/rehearsal/privkey.pem;
    ssl_protocols TLSv1.2 TLSv1.3;
    ssl_session_cache shared:rehearsal:10m;
    ssl_session_tickets off;
    server_tokens off;
    access_log /var/log/nginx/rehearsal.log rehearsal;
    # Dòng lỗi thường chép cả địa chỉ, cùng mã sau dấu hỏi. Ordinary error lines would hold the whole address, codes included.
    error_log /var/log/nginx/rehearsal-error.log crit;

    client_max_body_size 64k;
    client_body_timeout 10s;
    client_header_timeout 10s;
    send_timeout 30s;
    large_client_header_buffers 4 8k;
    limit_conn rehearsal_people 600;
    limit_conn rehearsal_all 4000;
    limit_conn_status 429;
    limit_req_status 429;

    add_header Strict-Transport-Security "max-age=31536000" always;
    proxy_hide_header Content-Security-Policy;
    add_header Content-Security-Policy "{{ policy }}" always;
    proxy_hide_header X-Content-Type-Options;
    add_header X-Content-Type-Options nosniff always;
    proxy_hide_header Referrer-Policy;
    add_header Referrer-Policy no-referrer always;
    proxy_hide_header Permissions-Policy;
    add_header Permissions-Policy "camera=(), microphone=(), geolocation=(), payment=()" always;
    proxy_hide_header Server;

    gzip on;
    gzip_proxied any;
    gzip_types text/css application/javascript application/json;

    proxy_http_version 1.1;
    proxy_set_header Host $http_host;
    proxy_set_header X-Real-IP $remote_addr;
    proxy_set_header X-Forwarded-For $remote_addr;
    proxy_set_header X-Forwarded-Proto https;
    proxy_set_header Upgrade $http_upgrade;
    proxy_set_header Connection $rehearsal_connection;
    proxy_read_timeout 120s;

    # Mỗi lần mở trang là một nhân: 40 trang đi ngay, sau đó mỗi giây 5 trang.
    # Each page opened is a kernel: 40 at once, then five a second.
    location = / {
        limit_req zone=rehearsal_pages burst=150 delay=40;
        proxy_buffering off;
        proxy_pass http://127.0.0.1:8866;
    }
    location /api/kernels/ {
        limit_req zone=rehearsal_other burst=600 nodelay;
        proxy_read_timeout 1h;
        proxy_pass http://127.0.0.1:8866;
    }
    location /voila/static/ { limit_req zone=rehearsal_other burst=4000 nodelay; proxy_pass http://127.0.0.1:8866; }
    location /voila/templates/ { limit_req zone=rehearsal_other burst=4000 nodelay; proxy_pass http://127.0.0.1:8866; }
    location /voila/labextensions/ { limit_req zone=rehearsal_other burst=4000 nodelay; proxy_pass http://127.0.0.1:8866; }
    location /voila/api/shutdown/ { limit_req zone=rehearsal_other burst=600 nodelay; proxy_pass http://127.0.0.1:8866; }
    location / { return 404; }
}
