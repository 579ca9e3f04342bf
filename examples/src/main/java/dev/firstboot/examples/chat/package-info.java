/**
 * A chat server seen from outside: real clients of its XMPP and HTTP interfaces, which trust nothing but the machine's own certificate
 * authority. Entry points are {@link dev.firstboot.examples.chat.ChatServer} and {@link dev.firstboot.examples.chat.ChatClient}.
 */
@NullMarked
package dev.firstboot.examples.chat;

import org.jspecify.annotations.NullMarked;
