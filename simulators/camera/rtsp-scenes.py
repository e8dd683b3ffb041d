#!/usr/bin/python3
"""Cameras that stream test scenes over RTSP, on GStreamer's RTSP server.

Each scene is encoded once into memory and sent in a loop, so twenty cameras cost almost no processor. It takes one line
of JSON, says on standard output where it listens, and obeys one order a line after it (see rtsp-cameras.ts).
It ends with its standard input, and must never outlive whoever started it.
"""
import json
import random
import re
import sys

import gi

gi.require_version("Gst", "1.0")
gi.require_version("GstApp", "1.0")
gi.require_version("GstRtsp", "1.0")
gi.require_version("GstRtspServer", "1.0")
from gi.repository import GLib, Gst, GstApp, GstRtsp, GstRtspServer  # noqa: E402,F401

Gst.init(None)

ENCODERS = {
    "h264": "x264enc speed-preset=ultrafast tune=zerolatency sliced-threads=false threads=1 key-int-max={gop} "
    "option-string=scenecut=0:open-gop=0:slices={slices} ! "
    "video/x-h264,profile=main ! h264parse ! video/x-h264,stream-format=byte-stream,alignment=au",
    "h265": "x265enc speed-preset=ultrafast tune=zerolatency key-int-max={gop} "
    "option-string=scenecut=0:open-gop=0:slices={slices} ! "
    "h265parse ! video/x-h265,stream-format=byte-stream,alignment=au",
}
# A white disc on this: whatever of a picture is not decoded is of another colour.
BACKGROUND = 0xFF506070
PAYLOADERS = {"h264": "rtph264pay", "h265": "rtph265pay"}


def encode(codec, seconds, key_every, rate, width, height, slices):
    """All access units of a scene as (bytes, is a key frame). Its length is a whole number of key-frame intervals."""
    gop = round(key_every * rate)
    frames = max(1, round(seconds / key_every)) * gop
    pipeline = Gst.parse_launch(
        f"videotestsrc pattern=ball background-color={BACKGROUND} num-buffers={frames} ! video/x-raw,format=I420,width={width},height={height},"
        f"framerate={rate}/1 ! {ENCODERS[codec].format(gop=gop, slices=slices)} ! appsink name=out sync=false max-buffers=0"
    )
    sink = pipeline.get_by_name("out")
    pipeline.set_state(Gst.State.PLAYING)
    units = []
    while True:
        sample = sink.emit("pull-sample")
        if sample is None:
            break
        buffer = sample.get_buffer()
        units.append((buffer.extract_dup(0, buffer.get_size()), not buffer.has_flags(Gst.BufferFlags.DELTA_UNIT)))
    caps = f"video/x-{codec},stream-format=byte-stream,alignment=au,framerate={rate}/1,width={width},height={height}"
    pipeline.set_state(Gst.State.NULL)
    return units, caps


def parameter_sets(unit):
    """Those of an H.264 access unit, as a camera has them in its answer to DESCRIBE."""
    parts = re.split(rb"(?=\x00\x00\x00\x01)|(?<!\x00)(?=\x00\x00\x01)", unit)
    return b"".join(part for part in parts if part and part.lstrip(b"\x00")[1] & 0x1F in (7, 8))


class Scene(GstRtspServer.RTSPMediaFactory):
    """One camera: everybody who looks gets the same pictures, as with a real one."""

    def __init__(self, codec, units, caps, rate, hangs, joins):
        super().__init__()
        self.units, self.rate, self.hangs, self.joins = units, rate, hangs, joins
        # config-interval stays 0: at -1 GStreamer puts parameter sets before every slice of a key frame and not only the first,
        # which ends the picture there (ITU-T H.264, 7.4.1.2.3): players show parts. The encoder has them before key frames anyway.
        self.set_launch(
            f'( appsrc name=source is-live=true format=time do-timestamp=true caps="{caps}" ! '
            f"{PAYLOADERS[codec]} name=pay0 pt=96 config-interval=0 )"
        )
        self.set_shared(True)
        self.connect("media-configure", self.begin)

    def begin(self, _factory, media):
        source = media.get_element().get_by_name("source")
        state = {"at": random.randrange(len(self.units)) if self.joins == "anywhere" else 0, "timer": 0}
        lead = [parameter_sets(self.units[0][0])] if self.joins == "anywhere" else []

        def push():
            if not self.hangs["now"]:
                data, _key = self.units[state["at"] % len(self.units)]
                state["at"] += 1
                data = lead.pop() + data if lead else data
                if source.emit("push-buffer", Gst.Buffer.new_wrapped(data)) != Gst.FlowReturn.OK:
                    state["timer"] = 0
                    return False
            return True

        state["timer"] = GLib.timeout_add(round(1000 / self.rate), push)

        def end(_media):
            if state["timer"]:
                GLib.source_remove(state["timer"])
                state["timer"] = 0

        media.connect("unprepared", end)


def main():
    o = json.loads(sys.stdin.readline())
    server = GstRtspServer.RTSPServer()
    server.set_address(o["host"])
    server.set_service(str(o["port"]))
    hangs = {"now": False}
    if o.get("user"):
        auth = GstRtspServer.RTSPAuth()
        auth.set_supported_methods(GstRtsp.RTSPAuthMethod.DIGEST)
        token = GstRtspServer.RTSPToken()
        token.set_string("media.factory.role", "viewer")
        auth.add_digest(o["user"], o["password"], token)
        server.set_auth(auth)
    made = {}
    mounts = server.get_mount_points()
    for path, one in o["cameras"].items():
        key = json.dumps(one, sort_keys=True)
        if key not in made:
            names = ("codec", "seconds", "keyEvery", "rate", "width", "height", "slices")
            made[key] = encode(*(one[name] for name in names))
        scene = Scene(one["codec"], *made[key], one["rate"], hangs, one["joins"])
        if o.get("user"):
            permissions = GstRtspServer.RTSPPermissions()
            permissions.add_permission_for_role("viewer", "media.factory.access", True)
            permissions.add_permission_for_role("viewer", "media.factory.construct", True)
            scene.set_permissions(permissions)
        mounts.add_factory(path, scene)
    if server.attach(None) == 0:
        sys.exit("the port cannot be had")
    loop = GLib.MainLoop()

    def clients():
        found = []
        server.client_filter(lambda _server, client: found.append(client) or GstRtspServer.RTSPFilterResult.KEEP)
        return found

    def obey(channel, _condition):
        line = channel.readline()
        if not line:
            loop.quit()
            return False
        order = line.strip()
        if order == "hang":
            hangs["now"] = True
        elif order == "go on":
            hangs["now"] = False
        elif order == "cut":
            for client in clients():
                client.close()
        print(json.dumps({"clients": len(clients()), "done": order}), flush=True)
        return True

    GLib.io_add_watch(sys.stdin, GLib.IO_IN | GLib.IO_HUP, obey)
    print(json.dumps({"port": server.get_bound_port()}), flush=True)
    loop.run()


main()
