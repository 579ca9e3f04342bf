%% Serves WebSocket with a limit on what ejabberd keeps for one connection. ejabberd itself collects a frame until its end, and frames until the last one, however
%% much that is, and before anybody has logged in.
-module(limited_ws).

-export([socket_handoff/3]).

%% In bytes: far more than the largest stanza, with room for what waits for a slow client.
-define(LIMIT, 8 * 1024 * 1024).
%% Each connection is looked at when all memory has grown by this and by a sixteenth, and after so many pauses without that. To look costs some microseconds for
%% each; twice a second, thousands of connections took a tenth of what the server can do.
-define(GROWTH, 16 * 1024 * 1024).
-define(PAUSE, 500).
-define(PAUSES, 20).

socket_handoff(Path, Request, Options) ->
    keeper() ! {watch, self()},
    ejabberd_http_ws:socket_handoff(Path, Request, Options).

%% One for all connections, made with the first of them.
keeper() ->
    case whereis(?MODULE) of
        undefined ->
            Keeper = spawn(fun start/0),
            try register(?MODULE, Keeper) of
                true -> Keeper
            catch
                error:badarg ->
                    exit(Keeper, kill),
                    keeper()
            end;
        Keeper -> Keeper
    end.

start() ->
    process_flag(priority, high),
    {ok, _} = timer:send_interval(?PAUSE, look),
    keep(#{}, erlang:memory(total), 0).

keep(Connections, Least, Pauses) ->
    receive
        {watch, Connection} ->
            monitor(process, Connection),
            keep(Connections#{Connection => watched}, Least, Pauses);
        {'DOWN', _Monitor, process, Connection, _Reason} ->
            keep(maps:remove(Connection, Connections), Least, Pauses);
        look ->
            Memory = erlang:memory(total),
            case Pauses >= ?PAUSES orelse Memory > Least + Least div 16 + ?GROWTH of
                true ->
                    [spawn(fun() -> limit(Connection) end) || Connection <- maps:keys(Connections)],
                    keep(Connections, Memory, 0);
                false -> keep(Connections, min(Least, Memory), Pauses + 1)
            end
    end.

limit(Connection) ->
    process_flag(priority, high),
    case is_beyond(Connection) andalso garbage_collect(Connection) andalso is_beyond(Connection) of
        true -> exit(Connection, kill);
        false -> ok
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
