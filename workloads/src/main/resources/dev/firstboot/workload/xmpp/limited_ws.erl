%% Serves WebSocket with a limit on what ejabberd keeps for one connection. ejabberd itself collects a frame until its end, and frames until the last one, however
%% much that is, and before anybody has logged in.
-module(limited_ws).

-export([socket_handoff/3]).

%% In bytes: far more than the largest stanza, with room for what waits for a slow client.
-define(LIMIT, 8 * 1024 * 1024).
-define(PAUSE, 500).

socket_handoff(Path, Request, Options) ->
    Connection = self(),
    spawn(fun() -> watch(Connection) end),
    ejabberd_http_ws:socket_handoff(Path, Request, Options).

watch(Connection) ->
    process_flag(priority, high),
    watch(Connection, monitor(process, Connection)).

watch(Connection, Monitor) ->
    receive
        {'DOWN', Monitor, process, Connection, _Reason} -> ok
    after ?PAUSE ->
        case is_beyond(Connection) andalso garbage_collect(Connection) andalso is_beyond(Connection) of
            true -> exit(Connection, kill);
            false -> watch(Connection, Monitor)
        end
    end.

%% By what the collector of garbage counts: Erlang 25 names no binaries that something is still appended to.
is_beyond(Connection) ->
    case process_info(Connection, garbage_collection_info) of
        {garbage_collection_info, Counts} ->
            Words = lists:sum([Size || {Name, Size} <- Counts,
                lists:member(Name, [heap_size, old_heap_size, mbuf_size, bin_vheap_size, bin_old_vheap_size])]),
            Words * erlang:system_info(wordsize) > ?LIMIT;
        undefined -> false
    end.
