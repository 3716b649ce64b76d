#!/bin/sh
# Sets the console over SSH up on Debian. Run as root, again after an update:
#
#   sh deploy/ssh/setup.sh ACCOUNT KIOSK CONFIG
#
# ACCOUNT owns the kiosk's data folder, KIOSK is the program's path, CONFIG the settings file. No key is let in by it.
set -eu

if [ "$#" -ne 3 ] || [ "$(id -u)" -ne 0 ]; then
    echo "As root: sh deploy/ssh/setup.sh ACCOUNT KIOSK CONFIG" >&2
    exit 2
fi
account=$1 kiosk=$2 config=$(realpath -s -- "$3")
here=$(dirname "$0")
wrapper=/usr/local/lib/parcel-kiosk/console

uid=$(id -u "$account")
test -x "$kiosk" || { echo "$kiosk is no program." >&2; exit 1; }
test -r "$config" || { echo "$config can't be read." >&2; exit 1; }
test -x /usr/sbin/sshd || { echo "Install openssh-server first." >&2; exit 1; }

# The wrapper, with this machine's paths.
install -d -m 755 /usr/local/lib/parcel-kiosk /etc/parcel-kiosk
sed -e "s|^kiosk=.*|kiosk=$kiosk|" -e "s|^export KIOSK_CONFIG=.*|export KIOSK_CONFIG=$config|" "$here/console" > "$wrapper.new"
chmod 755 "$wrapper.new"
mv "$wrapper.new" "$wrapper"

# A login of its own, without a shell and without a password, on the same files as the clerk's kiosk.
home=$(getent passwd "$account" | cut -d: -f6)
if id -u operator >/dev/null 2>&1; then
    if [ "$(id -u operator)" -ne "$uid" ]; then
        echo "There is an account named operator already, and it is not $account's." >&2
        exit 1
    fi
    usermod --shell "$wrapper" operator
else
    useradd --non-unique --uid "$uid" --gid "$(id -g "$account")" --home-dir "$home" --no-create-home \
        --shell "$wrapper" --comment "Kiosk operators over SSH" operator
fi
usermod --password '*' operator

# The keys, unless there are some, and sshd's part of it.
test -e /etc/parcel-kiosk/authorized_keys || install -m 644 "$here/authorized_keys" /etc/parcel-kiosk/authorized_keys
install -m 644 "$here/sshd_config.d/kiosk.conf" /etc/ssh/sshd_config.d/kiosk.conf
mkdir -p /run/sshd
/usr/sbin/sshd -t

# What counts for the account in the end: without the Include line, or behind another Match, the file would do nothing.
settled=$(/usr/sbin/sshd -T -C user=operator,host=localhost,addr=127.0.0.1)
for wanted in "forcecommand $wrapper" "authorizedkeysfile /etc/parcel-kiosk/authorized_keys" "exposeauthinfo yes" \
    "authenticationmethods publickey" "disableforwarding yes" "x11forwarding no" "allowagentforwarding no"; do
    if ! printf '%s\n' "$settled" | grep -qx "$wanted"; then
        echo "sshd does not take '$wanted' for operator. Is there an Include line at the top of /etc/ssh/sshd_config?" >&2
        exit 1
    fi
done
if systemctl is-active --quiet ssh 2>/dev/null; then
    systemctl reload ssh
else
    echo "Restart sshd to let it read its settings." >&2
fi
echo "Done. Add keys to /etc/parcel-kiosk/authorized_keys and roles to $config."
