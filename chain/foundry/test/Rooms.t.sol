// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IERC721Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";

import {Rooms} from "../../contracts/Rooms.sol";
import {Kit} from "./Kit.sol";

contract RoomsTest is Kit {
    address private constant STRANGER = address(0xBAD);

    function test_AnyoneOpensARoomForAnyoneUnderTheDerivedId() public {
        vm.expectEmit(address(rooms));
        emit Rooms.Opened(uint256(keccak256(abi.encode(maker, bytes32("attic")))), maker, "attic");
        uint256 opened = rooms.mint(maker, "attic");
        eq(opened, rooms.roomId(maker, "attic"), "id");
        eq(rooms.ownerOf(opened), maker, "owner");
        eq(rooms.balanceOf(maker), 1, "count");
    }

    function test_ARoomOpensOnce() public {
        vm.expectRevert(abi.encodeWithSelector(IERC721Errors.ERC721InvalidSender.selector, address(0)));
        rooms.mint(keeper, "boutique");
    }

    function test_ARoomGivenAwayDoesNotOpenAgain() public {
        vm.prank(keeper);
        rooms.transferFrom(keeper, maker, room);
        vm.expectRevert(abi.encodeWithSelector(IERC721Errors.ERC721InvalidSender.selector, address(0)));
        rooms.mint(keeper, "boutique");
    }

    function test_NoRoomForNobody() public {
        vm.expectRevert(abi.encodeWithSelector(IERC721Errors.ERC721InvalidReceiver.selector, address(0)));
        rooms.mint(address(0), "void");
    }

    function test_TheOwnerPublishes() public {
        vm.expectEmit(address(rooms));
        emit Rooms.Published(room, "bundle 2", "root 2");
        vm.prank(keeper);
        rooms.publish(room, "bundle 2", "root 2");
        (bytes32 bundle, bytes32 root) = rooms.publicationOf(room);
        yes(bundle == "bundle 2" && root == "root 2", "publication");
        (address shownOwner, bytes32 shownRoot) = rooms.displayOf(room);
        eq(shownOwner, keeper, "display owner");
        yes(shownRoot == "root 2", "display root");
    }

    function test_OneWhomTheOwnerApprovedPublishes() public {
        vm.prank(keeper);
        rooms.approve(maker, room);
        vm.prank(maker);
        rooms.publish(room, "by maker", 0);
        (bytes32 bundle,) = rooms.publicationOf(room);
        yes(bundle == "by maker", "bundle");
    }

    function test_StrangersDoNotPublish() public {
        vm.expectRevert(abi.encodeWithSelector(IERC721Errors.ERC721InsufficientApproval.selector, STRANGER, room));
        vm.prank(STRANGER);
        rooms.publish(room, "x", "y");
    }

    function test_TheLastOwnerPublishesNoMore() public {
        vm.prank(keeper);
        rooms.transferFrom(keeper, maker, room);
        vm.expectRevert(abi.encodeWithSelector(IERC721Errors.ERC721InsufficientApproval.selector, keeper, room));
        vm.prank(keeper);
        rooms.publish(room, "x", "y");
    }

    function test_ARoomThatIsNotOpenIsNotPublished() public {
        vm.expectRevert(abi.encodeWithSelector(IERC721Errors.ERC721NonexistentToken.selector, 7));
        rooms.publish(7, "x", "y");
    }

    function test_TheTokenUriIsTheBundlesCid() public {
        uint256 opened = rooms.mint(maker, "attic");
        eq(bytes(rooms.tokenURI(opened)).length, 0, "unpublished");
        bytes32 bundle = sha256("loquat");
        vm.prank(maker);
        rooms.publish(opened, bundle, 0);
        yes(
            keccak256(bytes(rooms.tokenURI(opened)))
                == keccak256("ipfs://bafkreidl6el4fyzrvxbgi2ilvismoiwfct5pp7s2geb7kwgubcvvaavciy"),
            "uri"
        );
        vm.expectRevert(abi.encodeWithSelector(IERC721Errors.ERC721NonexistentToken.selector, 7));
        rooms.tokenURI(7);
    }

    function test_InterfacesAreTold() public view {
        yes(rooms.supportsInterface(0x80ac58cd), "ERC-721");
        yes(rooms.supportsInterface(0x49064906), "ERC-4906");
        yes(!rooms.supportsInterface(0xffffffff), "none");
    }
}
