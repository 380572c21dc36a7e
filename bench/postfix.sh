#!/bin/sh
# One real run against Debian's postfix: a private instance on 127.0.0.1:2525, STARTTLS with a certificate of its own CA,
# mailboxes for corp.example, everything else refused as relay. Needs root, `apt-get install postfix` and openssl.
#   sh bench/postfix.sh [PYTHON]      (PYTHON: an interpreter with capa-xl installed; default: python3)
set -eu
PYTHON=${1:-python3}
W=$(mktemp -d /tmp/capa-postfix.XXXXXX)
chmod 755 "$W"
mkdir -p "$W/conf" "$W/queue" "$W/data" "$W/mail" "$W/table"
chown postfix "$W/data"
useradd --system --no-create-home capavmail 2>/dev/null || true
chown capavmail "$W/mail"

# A CA and a server certificate for 127.0.0.1
openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj "/CN=Sample Postfix CA" \
  -keyout "$W/ca.key" -out "$W/ca.pem" 2>/dev/null
openssl req -newkey rsa:2048 -nodes -subj "/CN=mail.corp.example" -keyout "$W/server.key" -out "$W/server.csr" 2>/dev/null
printf 'subjectAltName=IP:127.0.0.1\n' > "$W/san"
openssl x509 -req -in "$W/server.csr" -CA "$W/ca.pem" -CAkey "$W/ca.key" -CAcreateserial -days 2 \
  -extfile "$W/san" -out "$W/server.pem" 2>/dev/null

cp /usr/share/postfix/main.cf.debian "$W/conf/main.cf"
cp /etc/postfix/master.cf "$W/conf/master.cf"
sed -i 's/^smtp  *inet.*/127.0.0.1:2525 inet n - n - - smtpd/' "$W/conf/master.cf"
cp /etc/postfix/dynamicmaps.cf "$W/conf/" 2>/dev/null || true
postconf -c "$W/conf" -e \
  "queue_directory=$W/queue" "data_directory=$W/data" "inet_interfaces=127.0.0.1" "inet_protocols=ipv4" \
  "myhostname=mail.corp.example" "mydestination=" "compatibility_level=3.6" "maillog_file=$W/mail.log" \
  "maillog_file_prefixes=/tmp" "virtual_mailbox_domains=corp.example" "virtual_mailbox_base=$W/mail" \
  "virtual_mailbox_maps=inline:{ jia@corp.example=jia/ jing@corp.example=jing/ capa@corp.example=capa/ }" \
  "virtual_uid_maps=static:$(id -u capavmail)" "virtual_gid_maps=static:$(id -g capavmail)" \
  "smtpd_tls_security_level=encrypt" "smtpd_tls_cert_file=$W/server.pem" "smtpd_tls_key_file=$W/server.key" \
  "mynetworks=" "smtpd_relay_restrictions=defer_unauth_destination"
postfix -c "$W/conf" start
trap 'postfix -c "$W/conf" stop; rm -rf "$W"' EXIT
sleep 2

cat > "$W/table/capa_xl.toml" <<TOML
[mail]
transport = "smtp"
host = "127.0.0.1"
port = 2525
security = "starttls"
ca_file = "$W/ca.pem"
from = "质量部 <capa@corp.example>"
TOML
PYTHONPATH=. "$PYTHON" - "$W/table" <<PY
import sys
from pathlib import Path
from tests.tables import workbook_bytes
Path(sys.argv[1], "改进计划跟踪表.xlsx").write_bytes(workbook_bytes({
    "改进计划跟踪表": """
    编号   措施内容  责任人                  责任部门  登记日期    完成期限
    GJ-01  换硬盘    样例甲、样例外、样例缺  网络部    2026-01-05  $(date -d '+20 days' +%F)
    """,
    "人员部门": """
    姓名    部门    角色      邮箱                   在职
    样例甲  网络部  员工      jia@corp.example       是
    样例经  网络部  部门经理  jing@corp.example      是
    样例外  网络部  员工      wai@elsewhere.example  是
    样例缺  网络部  员工      que@corp.example       是
    """,
}))
PY
cd "$W/table"
run() { echo "\$ capa-xl $*"; { "$PYTHON" -m capa_xl "$@" || echo "exit code $?"; } | sed "s|$W/table/||"; }
run doctor 改进计划跟踪表.xlsx --mail
run remind 改进计划跟踪表.xlsx --send
run remind 改进计划跟踪表.xlsx --send
sleep 2
echo "--- mailboxes"; find "$W/mail" -type f -path '*/new/*' | sed "s|$W/mail/||" | cut -d/ -f1 | sort | uniq -c
echo "--- headers of one"; sed -n '/^From:/,/^$/p' "$(find "$W/mail/jia" -type f -path '*/new/*' | head -1)"
echo "--- what postfix wrote"; grep -E 'NOQUEUE|status=|TLS connection' "$W/mail.log" | sed 's/^[^]]*]: //' | cut -c1-170
sed -i 's|ca_file.*||' "$W/table/capa_xl.toml"
echo "--- without ca_file"; run doctor 改进计划跟踪表.xlsx --mail | grep -E '邮件服务器|exit code'
